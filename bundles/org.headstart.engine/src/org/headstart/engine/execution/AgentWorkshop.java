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

import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.experiment.Choice;
import org.headstart.engine.experiment.Experiment;
import org.headstart.engine.results.DurableFiles;
import org.headstart.engine.results.ResultsException;

/** Makes agents of the experiment's learner on its backbone, keeps them in folders, and starts them from there. */
final class AgentWorkshop {

	/** Beside the network's files: what {@link Agent#writeKnowledge} writes. */
	private static final String KNOWLEDGE = "knowledge.bin";

	private final Experiment experiment;
	private final Networks networks;

	AgentWorkshop(Experiment experiment, Networks networks) {
		this.experiment = experiment;
		this.networks = networks;
	}

	/** How many lanes the learner collects experience from. */
	int lanes() {
		return lanes(learner(), experiment.learner().settings());
	}

	/** A freshly initialised agent; equal arguments give equal agents. */
	Agent agent(TaskSite task, RandomStreams streams, long plannedSteps) {
		return agent(learner(), experiment.learner().settings(), task, streams, plannedSteps);
	}

	private Learner<?> learner() {
		Choice<Learner<?>> choice = experiment.learner();
		return choice.contribution().instance().get();
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static <S extends Record> int lanes(Learner<S> learner, Record settings) {
		int lanes = learner.lanes((S) settings);
		if (lanes < 1) {
			throw new IllegalArgumentException("the learner " + learner.getClass().getName() + " asks for " + lanes
					+ " lanes; it needs at least 1");
		}
		return lanes;
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private <S extends Record> Agent agent(Learner<S> learner, Record record, TaskSite task, RandomStreams streams,
			long plannedSteps) {
		S settings = (S) record;
		var dynamics = task.family().dynamics();
		Network network = networks.build(experiment.backbone(), dynamics.observationSpace(),
				learner.trunks(settings, dynamics.actionSpace()), learner.optimizer(settings), streams.under("network"));
		return learner.agent(settings, new AgentSite(network, dynamics.observationSpace(), dynamics.actionSpace(),
				streams.under("agent"), plannedSteps));
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
