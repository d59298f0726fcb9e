package org.headstart.engine.internal.execution;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.StepProvenance;

/**
 * Plays trials for people with the agent of a finished step, or with the policy that it judged. An adaptation's agent plays
 * its target, an acquisition's agent the first source. Needs no display. Equal trial numbers give equal trials.
 * Thread-confined.
 *
 * <p>An agent is a {@link SavedAgent}. For an agent of a strategy's own learner and for a judged policy, the strategy is
 * called with a run that trains nothing, and so makes the agent or the policy.
 */
public final class Playback {

	private final RunTask task;
	private final PlayerSearch.Player player;
	private final RandomStreams streams;

	/**
	 * The played trial.
	 *
	 * @param episodeReturns the sum of the rewards of each episode, in order, the last one up to the end of the playback
	 * @param steps          number of steps
	 * @param complete       whether the trial was played to its end
	 */
	public record PlayedTrial(List<Double> episodeReturns, int steps, boolean complete) {

		/** Defensive copy. */
		public PlayedTrial {
			episodeReturns = List.copyOf(episodeReturns);
		}

		/** @return the sum of the rewards */
		public double total() {
			return episodeReturns.stream().mapToDouble(Double::doubleValue).sum();
		}
	}

	/** Takes frames. */
	@FunctionalInterface
	public interface Frames {

		/**
		 * Takes a frame.
		 *
		 * @param frame   the picture; a new one each time
		 * @param episode index of the shown episode in the trial, from 1
		 * @param step    how many steps of the episode were done before
		 * @param reward  the last step's reward; 0 at the start of an episode
		 * @return whether to go on
		 * @throws IOException when it cannot be kept
		 */
		boolean take(BufferedImage frame, int episode, int step, float reward) throws IOException;
	}

	private Playback(RunTask task, PlayerSearch.Player player, RandomStreams streams) {
		this.task = task;
		this.player = player;
		this.streams = streams;
	}

	/**
	 * Loads an agent, or makes the policy that was judged.
	 *
	 * @param store the results folder
	 * @param plan  its plan, see {@link FrozenPlan}
	 * @param key   a finished step
	 * @param catalog the contributions that there are
	 * @return the playback
	 * @throws ResultsException         when the step is not finished, or not in the plan
	 * @throws IOException              when its agent cannot be read
	 * @throws IllegalArgumentException when the agent does not fit the installed contributions
	 */
	public static Playback of(ResultStore store, Plan plan, String key, Catalog catalog) throws IOException {
		return of(store, plan, key, catalog, new GraphNetworks());
	}

	static Playback of(ResultStore store, Plan plan, String key, Catalog catalog, Networks networks) throws IOException {
		Step step = plan.steps().stream().filter(one -> one.key().equals(key)).findFirst()
				.orElseThrow(() -> new ResultsException("the installed contributions plan no step " + key
						+ " for the experiment in " + store.folder() + ": their code is not the code that made the result"));
		store.verify(key);
		if (!store.finished(key)) {
			throw new ResultsException("step '" + step.label() + "' is not finished: there is no agent to watch yet");
		}
		Experiment experiment = plan.experiment();
		AtWork atWork = new AtWork();
		boolean adapts = step.kind() == Step.Kind.ADAPT;
		List<RunTask> tasks = StepRunner.sites(experiment, step, atWork);
		StepProvenance provenance = store.provenance(key);
		if (!adapts && provenance.agents().isEmpty()) {
			throw new ResultsException("step '" + step.label() + "' left no agent");
		}
		RandomStreams streams = new RandomStreams(experiment.protocol().rootSeed()).under("seed-" + step.seed()).under("playback");
		String name = adapts ? StepRun.FINAL_AGENT : provenance.agents().get(0);
		Path folder = store.step(key).resolve(ResultStore.CHECKPOINT).resolve(name);
		PlayerSearch.Player player = provenance.agents().contains(name) && SavedAgent.opensAlone(folder)
				? PlayerSearch.player(SavedAgent.open(folder, catalog, networks, atWork, streams.under("agent")).made(),
						experiment.protocol().evaluation().greedy())
				: withItsStrategy(store, experiment, step, tasks, name, provenance, catalog, networks, atWork, streams);
		return new Playback(tasks.get(0), player, streams);
	}

	/** A policy that was judged, or an agent of a learner that the strategy brought along: the strategy itself makes it. */
	private static PlayerSearch.Player withItsStrategy(ResultStore store, Experiment experiment, Step step, List<RunTask> tasks,
			String name, StepProvenance provenance, Catalog catalog, Networks networks, AtWork atWork, RandomStreams streams)
			throws IOException {
		AgentWorkshop workshop = new AgentWorkshop(experiment, StepRunner.arm(experiment, step), networks, atWork);
		PlayerSearch search =
				new PlayerSearch(experiment.protocol().trial().episodes(), Knowledge.of(store, step), catalog, workshop, tasks,
						StepRunner.arm(experiment, step).strategy().contribution(), experiment.protocol().evaluation().greedy(),
						streams.under("agent"));
		StepRunner.callStrategy(experiment, step, search, atWork);
		PlayerSearch.Player player = step.kind() == Step.Kind.ADAPT ? search.last() : search.saved(name);
		if (player == null || player.made() != null && !provenance.agents().contains(name)) {
			throw new ResultsException("the strategy of step '" + step.label() + "' now makes other agents than in its run:"
					+ " there is no '" + name + "' to watch");
		}
		if (player.made() != null) {
			workshop.warmStart(player.made(), store.step(step.key()).resolve(ResultStore.CHECKPOINT).resolve(name),
					List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)), new Keep(true, true));
		}
		return player;
	}

	/**
	 * Plays a trial: an episode, unless the agent is judged by several on one task. Where several lanes share a task the first is
	 * shown. Where a trial has several episodes, a bar at the lower edge shows which one it is.
	 *
	 * @param number number of the trial, from 1
	 * @param width  pixels
	 * @param height pixels
	 * @param frames takes the frames: of each episode the start, and the state after each step but the last, which the
	 *               environment replaces by the next episode's start
	 * @return the played trial
	 * @throws IOException from {@code frames}
	 */
	public PlayedTrial play(int number, int width, int height, Frames frames) throws IOException {
		int episodes = player.view().trial().episodes();
		int lanes = player.view().trial().lanesPerTask();
		try (CheckedLanes environment = task.lanes(lanes, streams.under("episode-" + number), player.view())) {
			return play(environment, lanes, episodes, width, height, frames);
		}
	}

	private PlayedTrial play(CheckedLanes environment, int lanes, int episodes, int width, int height, Frames frames) throws IOException {
		ActionBatch actions = new ActionBatch(environment.actionSpace(), lanes);
		environment.reset();
		Policy policy = environment.begin(player.actor());
		List<Double> returns = new ArrayList<>();
		double episodeReturn = 0;
		float reward = 0;
		int steps = 0;
		int episodeStart = 0;
		while (true) {
			if (!environment.idle()[0] || environment.episodeEnded()[0]) {
				BufferedImage frame = frame(environment, width, height, returns.size(), episodes);
				if (!frames.take(frame, returns.size() + 1, steps - episodeStart, reward)) {
					returns.add(episodeReturn);
					return new PlayedTrial(returns, steps, false);
				}
			}
			environment.play(policy, actions);
			reward = environment.rewards()[0];
			episodeReturn += reward;
			if (!environment.idle()[0]) {
				steps++;
			}
			if (environment.episodeEnded()[0]) {
				returns.add(episodeReturn);
				if (environment.terminated()[0] || environment.truncated()[0]) {
					return new PlayedTrial(returns, steps, true);
				}
				episodeReturn = 0;
				reward = 0;
				episodeStart = steps;
			}
		}
	}

	private static BufferedImage frame(VectorEnvironment environment, int width, int height, int episode, int episodes) {
		BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D canvas = frame.createGraphics();
		canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		environment.render(0, canvas, width, height);
		canvas.dispose();
		if (episodes > 1) {
			drawEpisode(frame, episode, episodes);
		}
		return frame;
	}

	/** A bar at the lower edge, of which the part that belongs to the present episode is dark: text would need a font. */
	private static void drawEpisode(BufferedImage frame, int episode, int episodes) {
		int width = frame.getWidth();
		int from = (int) ((long) width * episode / episodes);
		int to = Math.max(from + 1, (int) ((long) width * (episode + 1) / episodes));
		Graphics2D canvas = frame.createGraphics();
		int thickness = Math.max(2, frame.getHeight() / 50);
		canvas.setColor(Color.LIGHT_GRAY);
		canvas.fillRect(0, frame.getHeight() - thickness, width, thickness);
		canvas.setColor(Color.DARK_GRAY);
		canvas.fillRect(from, frame.getHeight() - thickness, to - from, thickness);
		canvas.dispose();
	}
}
