package org.headstart.strategies.maml;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.nn.optimizer.FreeParameters;
import org.headstart.strategies.maml.MamlSettings.InnerLayers;
import org.headstart.strategies.maml.MamlSettings.MetaGradient;
import org.headstart.strategies.maml.PolicyGradient.Objective;

/**
 * MAML's agent. In a trial, episode j of a task is played with θ_j, where θ_0 = θ and
 *
 * <pre>
 * θ_{j+1} = θ_j − α ∇L_j(θ_j),   L_j(θ) = −mean of A log π_θ(a | s) over episode j
 * </pre>
 *
 * (Finn et al. 2017, algorithm 3). At the end of a trial, θ makes steps down the gradient of PPO's surrogate on the last episode, differentiated through the inner steps:
 *
 * <pre>
 * (I − α ∇²L_0(θ_0)) … (I − α ∇²L_{J−1}(θ_{J−1})) ∇L_outer(θ_J)
 * </pre>
 *
 * (eq. 1). The products with second derivatives are central differences of gradients. After the first gradient step of an outer update θ has changed; each later step recomputes the inner steps from the new θ on the recorded episodes.
 *
 * <p>Between calls of methods of the agent and its policies, the network has the parameters θ.
 */
final class MamlAgent implements Agent {

	/** The head's name and role; its size is not used. */
	private static final Head POLICY = Head.policy(1, 1);

	private final MamlSettings settings;
	private final int horizon;
	private final Map<String, Network> networks;
	private final Network network;
	private final int observationSize;
	private final long plannedSteps;
	private final int evaluationEpisodes;
	private final ActionDistribution distribution;
	private final int head;
	private final PolicyGradient gradients;
	private final RandomStreams streams;
	private final RandomStream actionStream;
	private final RandomStream taskStream;

	/** A copy of θ; its network part is brought up to date by {@link #parameters()}. */
	private final PolicyVector parameters;
	/** θ's log standard deviations. */
	private final FreeParameters logStd;
	/** θ_j of the present task, for each j. */
	private final PolicyVector[] path;
	private final PolicyVector gradient;
	private final PolicyVector outerGradient;
	private final PolicyVector metaGradient;
	/** Environment steps learned from since the start or the last {@link #restart}. */
	private long stepsLearned;
	private long updates;

	private int lanes;
	private Actor actor;
	private Advantages advantages;
	/** The episodes of a trial. */
	private Episode[] trial;
	/** θ_j of each task, for the present episode. */
	private PolicyVector[] adapted;
	/** Tasks in the order of an epoch. */
	private int[] order;
	/** The present episode's index in the trial, from 0; equal to the number of episodes when the trial is complete. */
	private int number;

	MamlAgent(MamlSettings settings, int horizon, AgentSite site) {
		this.settings = settings;
		this.horizon = horizon;
		networks = site.networks();
		network = site.network();
		if (network.stateSize() > 0) {
			throw new IllegalArgumentException("MAML's policy has no memory; choose a backbone without recurrence, for example mlp");
		}
		observationSize = site.observationSpace().rowSize();
		plannedSteps = site.plannedSteps();
		evaluationEpisodes = site.view().evaluation().trial().episodes();
		distribution = ActionDistribution.of(site.actionSpace());
		head = network.headOffset(network.heads().indexOf(POLICY.name()));
		parameters = new PolicyVector(network.parameterVectorSize(), distribution.logStdSize());
		logStd = new FreeParameters(distribution.logStdSize(), MamlLearner.ADAM);
		Arrays.fill(logStd.values(), (float) settings.initialLogStd());
		logStdChanged();
		gradients = new PolicyGradient(network, distribution, head, settings.clip(), adapts());
		path = new PolicyVector[settings.trainedInnerSteps() + 1];
		for (int j = 0; j < path.length; j++) {
			path[j] = parameters.another();
		}
		gradient = parameters.another();
		outerGradient = parameters.another();
		metaGradient = parameters.another();
		streams = site.streams();
		actionStream = streams.stream("actions");
		taskStream = streams.stream("tasks");
	}

	private void logStdChanged() {
		for (int i = 0; i < parameters.logStd.length; i++) {
			parameters.logStd[i] = logStd.values()[i];
		}
	}

	/** 1 for parameters that an inner step may change. The head's position in the parameter vector is found through the network itself. */
	private PolicyVector adapts() {
		PolicyVector ones = parameters.another();
		Arrays.fill(ones.logStd, 1);
		if (settings.innerLayers() == InnerLayers.ALL) {
			Arrays.fill(ones.network, 1);
			return ones;
		}
		network.copyParameters(parameters.network);
		network.setParameters(ones.network);
		for (String tensor : network.parameters(POLICY.vertex())) {
			float[] values = network.parameter(POLICY.vertex(), tensor);
			Arrays.fill(values, 1);
			network.setParameter(POLICY.vertex(), tensor, values);
		}
		network.copyParameters(ones.network);
		network.setParameters(parameters.network);
		return ones;
	}

	/** @return θ, up to date */
	PolicyVector parameters() {
		network.copyParameters(parameters.network);
		return parameters;
	}

	/** @return θ_j of a task, for the episode after an inner step */
	PolicyVector adapted(int task) {
		return adapted[task];
	}

	@Override
	public Map<String, Network> networks() {
		return networks;
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException when the number of lanes is not a multiple of the lanes of a task
	 */
	@Override
	public void begin(int lanes) {
		int perTask = settings.trajectories();
		if (lanes < perTask || lanes % perTask != 0) {
			throw new IllegalArgumentException("MAML learns from " + perTask + " episodes of a task side by side (trajectories), not "
					+ "from " + lanes + ": it cannot use granted episodes (shots)");
		}
		if (this.lanes != lanes) {
			this.lanes = lanes;
			int tasks = lanes / perTask;
			actor = new Actor(network, distribution, head, observationSize, tasks, perTask);
			advantages = new Advantages(settings.gamma(), settings.gaeLambda(), observationSize, perTask);
			trial = new Episode[path.length];
			for (int j = 0; j < trial.length; j++) {
				trial[j] = new Episode(tasks, perTask, horizon, observationSize, distribution.actionSize());
			}
			adapted = new PolicyVector[tasks];
			for (int task = 0; task < tasks; task++) {
				adapted[task] = parameters.another();
			}
			order = new int[tasks];
		}
		startTrial();
	}

	private void startTrial() {
		number = 0;
		for (Episode episode : trial) {
			episode.clear();
		}
	}

	// ---- Acting

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		float[] observations = environment.observations();
		if (trial == null) {
			throw new IllegalStateException("begin(lanes) comes first");
		}
		if (ready()) {
			throw new IllegalStateException("the trial is complete: update() comes before act()");
		}
		if (number == 0) {
			actor.act(observations, parameters.logStd, false, actionStream, actions);
		} else {
			network.copyParameters(parameters.network);
			actor.act(observations, adapted, false, actionStream, actions);
			network.setParameters(parameters.network);
		}
	}

	@Override
	public void observe(Lanes environment) {
		Episode episode = trial[number];
		actor.observe(environment, episode);
		if (!environment.episodeEnded()[0]) {
			return;
		}
		network.copyParameters(parameters.network);
		for (int task = 0; task < adapted.length; task++) {
			advantages.estimate(episode, task);
			if (number < trial.length - 1) {
				gradients.innerStep(number == 0 ? parameters : adapted[task], episode, task, settings.innerRate(number), adapted[task]);
			}
		}
		network.setParameters(parameters.network);
		number++;
	}

	@Override
	public boolean ready() {
		return trial != null && number == trial.length;
	}

	// ---- Learning

	/** {@inheritDoc} Before a trial's end there is no meta-gradient: then it learns nothing and keeps the collected experience. */
	@Override
	public void update(Metrics metrics) {
		if (!ready()) {
			return;
		}
		int tasks = adapted.length;
		double learningRate = settings.learningRate() * settings.schedule().factor(stepsLearned, plannedSteps);
		gradients.clearStatistics();
		double lossSum = 0;
		double normSum = 0;
		int gradientSteps = 0;
		for (int task = 0; task < tasks; task++) {
			order[task] = task;
		}
		// groups of equal size
		int parts = (tasks + settings.tasksPerStep() - 1) / settings.tasksPerStep();
		for (int epoch = 0; epoch < settings.epochs(); epoch++) {
			taskStream.shuffle(order, tasks);
			for (int part = 0; part < parts; part++) {
				int begin = tasks * part / parts;
				int end = tasks * (part + 1) / parts;
				network.copyParameters(parameters.network);
				metaGradient.setZero();
				double loss = 0;
				for (int i = begin; i < end; i++) {
					loss += differentiate(parameters, order[i], gradient) / (end - begin);
					metaGradient.add(1.0 / (end - begin), gradient);
				}
				network.setParameters(parameters.network);
				double norm = Math.sqrt(metaGradient.squaredNorm());
				if (!Double.isFinite(loss + norm)) {
					throw new ArithmeticException(String.format(Locale.ROOT,
							"MAML diverged after %d steps (update %d, epoch %d): outer loss %g, gradient norm %g at learning rate %g; "
									+ "check that observations and rewards are finite, lower inner-rate or learning-rate",
							stepsLearned, updates + 1, epoch + 1, loss, norm, learningRate));
				}
				step(settings.maxGradientNorm() > 0 ? Math.min(1, settings.maxGradientNorm() / (norm + 1e-6)) : 1, learningRate);
				lossSum += loss;
				normSum += norm;
				gradientSteps++;
			}
		}
		stepsLearned += (long) lanes * trial[0].steps * trial.length;
		updates++;
		metrics.report("policy-loss", lossSum / gradientSteps);
		metrics.report("approximate-kl", gradients.meanKl());
		metrics.report("clip-fraction", gradients.clippedShare());
		metrics.report("gradient-norm", normSum / gradientSteps);
		metrics.report("learning-rate", learningRate);
		if (distribution.logStdSize() > 0) {
			metrics.report("log-std", Arrays.stream(parameters.logStd).sum() / parameters.logStd.length);
		}
		startTrial();
	}

	/**
	 * Computes the gradient of a task's outer loss with respect to θ on the recorded trial. Afterwards the network has other
	 * parameters.
	 *
	 * @param at   θ
	 * @param task index of the task
	 * @param into receives the gradient
	 * @return the loss
	 */
	double differentiate(PolicyVector at, int task, PolicyVector into) {
		path[0].set(at);
		int last = path.length - 1;
		for (int j = 0; j < last; j++) {
			gradients.innerStep(path[j], trial[j], task, settings.innerRate(j), path[j + 1]);
		}
		// from the last episode back to the first that counts: each adds its own gradient to that of the later ones
		int counted = last - settings.outerEpisodeCount() + 1;
		double share = 1.0 / settings.outerEpisodeCount();
		double loss = 0;
		into.setZero();
		for (int j = last; j >= 0; j--) {
			if (j < last && settings.metaGradient() == MetaGradient.EXACT) {
				gradients.backThroughInnerStep(path[j], trial[j], task, settings.innerRate(j), into);
			}
			if (j >= counted) {
				loss += share * gradients.gradient(path[j], trial[j], task, Objective.CLIPPED_RATIO, outerGradient);
				into.add(share, outerGradient);
			}
		}
		return loss;
	}

	private void step(double scale, double learningRate) {
		network.setGradients(metaGradient.network);
		network.update((float) scale, (float) learningRate);
		for (int i = 0; i < metaGradient.logStd.length; i++) {
			logStd.gradients()[i] = (float) metaGradient.logStd[i];
		}
		logStd.update((float) scale, (float) learningRate);
		logStdChanged();
	}

	// ---- Evaluation

	/** {@inheritDoc} If there are fewer lanes than trajectories of a task, all lanes belong to one task. */
	@Override
	public Policy policy(int lanes, boolean greedy) {
		int perTask = Math.min(lanes, settings.evaluationTrajectories());
		if (lanes % perTask != 0) {
			throw new IllegalArgumentException(lanes + " lanes are not a multiple of the " + perTask + " lanes of a task");
		}
		int tasks = lanes / perTask;
		return new MamlPolicy(settings, network, parameters.logStd, gradients,
				new Advantages(settings.gamma(), settings.gaeLambda(), observationSize, perTask),
				new Actor(network, distribution, head, observationSize, tasks, perTask),
				new Episode(tasks, perTask, horizon, observationSize, distribution.actionSize()), evaluationEpisodes, greedy,
				streams.stream("evaluation/" + updates));
	}

	// ---- Warm start

	/** {@inheritDoc} There are no normalisers; the standard deviations stay, like weights. */
	@Override
	public void restart(boolean keepNormalisers) {
		network.resetOptimizer();
		logStd.resetOptimizer();
		stepsLearned = 0;
		updates = 0;
		if (trial != null) {
			startTrial();
		}
	}

	@Override
	public void temper(double temperature) {
		if (!(temperature > 0) || Double.isInfinite(temperature)) {
			throw new IllegalArgumentException("a temperature must be positive, is " + temperature);
		}
		if (distribution.logStdSize() > 0) {
			for (int i = 0; i < logStd.values().length; i++) {
				logStd.values()[i] += (float) (0.5 * Math.log(temperature));
			}
			logStdChanged();
			return;
		}
		for (String tensor : network.parameters(POLICY.vertex())) {
			float[] values = network.parameter(POLICY.vertex(), tensor);
			for (int i = 0; i < values.length; i++) {
				values[i] = (float) (values[i] / temperature);
			}
			network.setParameter(POLICY.vertex(), tensor, values);
		}
	}

	@Override
	public void writeKnowledge(DataOutput out) throws IOException {
		out.writeInt(logStd.values().length);
		for (float value : logStd.values()) {
			out.writeFloat(value);
		}
	}

	@Override
	public void readKnowledge(DataInput knowledge, boolean policy) throws IOException {
		int written = knowledge.readInt();
		if (policy && written != parameters.logStd.length) {
			throw new IOException("standard deviations of " + written + " action components do not fit " + parameters.logStd.length
					+ " components");
		}
		for (int i = 0; i < written; i++) {
			float value = knowledge.readFloat();
			if (policy) {
				logStd.values()[i] = value;
			}
		}
		logStdChanged();
	}

	// ---- Checkpoint

	@Override
	public void writeState(DataOutput out) throws IOException {
		network.writeState(out);
		logStd.writeState(out);
		actionStream.writeState(out);
		taskStream.writeState(out);
		out.writeLong(stepsLearned);
		out.writeLong(updates);
		out.writeInt(lanes);
		out.writeInt(number);
		for (int j = 0; lanes > 0 && j <= Math.min(number, trial.length - 1); j++) {
			trial[j].writeState(out);
		}
		if (lanes > 0 && number > 0 && number < trial.length) {
			for (PolicyVector each : adapted) {
				for (float value : each.network) {
					out.writeFloat(value);
				}
				for (double value : each.logStd) {
					out.writeDouble(value);
				}
			}
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
		logStd.readState(in);
		logStdChanged();
		actionStream.readState(in);
		taskStream.readState(in);
		stepsLearned = in.readLong();
		updates = in.readLong();
		int begun = in.readInt();
		if (begun < 0 || begun > settings.metaBatch() * settings.trajectories()) {
			throw new IOException("the state has " + begun + " lanes, the learner has "
					+ settings.metaBatch() * settings.trajectories());
		}
		if (begun > 0) {
			begin(begun);
		} else {
			lanes = 0;
			trial = null;
		}
		number = in.readInt();
		for (int j = 0; begun > 0 && j <= Math.min(number, trial.length - 1); j++) {
			trial[j].readState(in);
		}
		if (begun > 0 && number > 0 && number < trial.length) {
			for (PolicyVector each : adapted) {
				for (int i = 0; i < each.network.length; i++) {
					each.network[i] = in.readFloat();
				}
				for (int i = 0; i < each.logStd.length; i++) {
					each.logStd[i] = in.readDouble();
				}
			}
		}
	}
}
