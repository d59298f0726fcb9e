package org.headstart.engine.execution;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.experiment.Choice;
import org.headstart.engine.experiment.Experiment;
import org.headstart.engine.results.DurableFiles;
import org.headstart.engine.results.ResultsException;

/** Makes agents on the experiment's backbone, keeps them in folders, and starts them from there. */
final class AgentWorkshop {

	/** Beside the network's files: what {@link Agent#writeKnowledge} writes. */
	private static final String KNOWLEDGE = "knowledge.bin";

	private final Experiment experiment;
	private final Networks networks;

	AgentWorkshop(Experiment experiment, Networks networks) {
		this.experiment = experiment;
		this.networks = networks;
	}

	/**
	 * An agent, and where it is at home.
	 *
	 * @param agent the agent
	 * @param view  what it is shown
	 * @param lanes how many lanes its learner collects experience from
	 * @param whole whether its learner learns nothing from less experience than an update takes
	 */
	record Made(Agent agent, AgentView view, int lanes, boolean whole) {
	}

	/** A freshly initialised agent of the experiment's learner; equal arguments give equal agents. */
	Made agent(TaskSite task, AgentView view, RandomStreams streams, long plannedSteps) {
		Choice<Learner<?>> learner = experiment.learner();
		return ofExperiment(learner.contribution().instance().get(), learner.settings(), task, view, streams, plannedSteps);
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private <S extends Record> Made ofExperiment(Learner<S> learner, Record settings, TaskSite task, AgentView view,
			RandomStreams streams, long plannedSteps) {
		return agent(learner, (S) settings, task, view, streams, plannedSteps);
	}

	/** A freshly initialised agent of any learner; equal arguments give equal agents. */
	<S extends Record> Made agent(Learner<S> learner, S settings, TaskSite task, AgentView view, RandomStreams streams,
			long plannedSteps) {
		int lanes = learner.lanes(settings);
		int lanesPerTask = view.training().trial().lanesPerTask();
		if (lanes < 1 || lanes % lanesPerTask != 0) {
			throw new IllegalArgumentException("the learner " + learner.getClass().getName() + " asks for " + lanes
					+ " lanes; it needs at least 1" + (lanesPerTask > 1
							? ", and a multiple of the " + lanesPerTask + " that share a task"
							: ""));
		}
		var dynamics = task.family().dynamics();
		BoxSpace observation = view.training().observationSpace(dynamics);
		Network network = networks.build(experiment.backbone(), learner.networkInput(settings, observation),
				learner.trunks(settings, dynamics.actionSpace()), learner.optimizer(settings), streams.under("network"));
		return new Made(learner.agent(settings,
				new AgentSite(network, observation, dynamics.actionSpace(), streams.under("agent"), plannedSteps, view)),
				view, lanes, learner.experience(settings).whole());
	}

	/** Keeps an agent in a folder, replacing what is there. */
	void save(Agent agent, Path folder) throws IOException {
		DurableFiles.delete(folder);
		Files.createDirectories(folder);
		networks.save(agent.network(), folder);
		DurableFiles.replace(folder.resolve(KNOWLEDGE), out -> {
			DataOutputStream data = new DataOutputStream(out);
			agent.writeKnowledge(data);
			data.flush();
		});
	}

	/**
	 * Starts an agent from a folder that {@link #save} wrote.
	 *
	 * @return one line for each tensor
	 */
	List<String> warmStart(Agent agent, Path folder, List<WarmStartRule> rules, Keep keep) throws IOException {
		List<String> tensors = networks.warmStart(agent.network(), folder, rules);
		if (keep.normalisers() || keep.exploration()) {
			readKnowledge(agent, folder, keep.exploration());
		}
		agent.restart(keep.normalisers());
		return tensors;
	}

	private static void readKnowledge(Agent agent, Path folder, boolean exploration) throws IOException {
		Path file = folder.resolve(KNOWLEDGE);
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
			agent.readKnowledge(in, exploration);
			if (exploration && in.read() >= 0) {
				throw new ResultsException(file + " is longer than the learner reads: it is damaged, or of another"
						+ " learner");
			}
		} catch (EOFException | NoSuchFileException e) {
			throw new ResultsException(file + " is missing or ends too early: the step that left it must be run"
					+ " again", e);
		}
	}
}
