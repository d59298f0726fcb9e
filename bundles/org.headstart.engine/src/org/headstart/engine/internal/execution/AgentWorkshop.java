package org.headstart.engine.internal.execution;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.checkpoint.RegularFile;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.experience.ChunkStore;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.ExampleAgent;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.ResultsException;

/** Makes agents on an arm's backbone, saves them in folders, and warm-starts them from folders. */
final class AgentWorkshop {

	/** The file with the output of {@link Agent#writeKnowledge}, beside the network's files. */
	private static final String KNOWLEDGE = "knowledge.bin";

	private final Experiment experiment;
	private final Experiment.Arm arm;
	private final Networks networks;
	private final AtWork atWork;

	AgentWorkshop(Experiment experiment, Experiment.Arm arm, Networks networks, AtWork atWork) {
		this.experiment = experiment;
		this.arm = arm;
		this.networks = networks;
		this.atWork = atWork;
	}

	/**
	 * An agent with the facts about its learner.
	 *
	 * @param agent the agent
	 * @param by    the contribution of its code
	 * @param view  its views
	 * @param lanes its learner's number of lanes
	 * @param unit  the unit of its learner's budgets
	 * @param experience the experience for an update
	 * @param description its description in a folder
	 */
	record Made(Agent agent, Contribution<?> by, AgentView view, int lanes, BudgetUnit unit, Experience experience,
			AgentDescription description) {

		/** The smallest part of a budget that it can use: a step of the lanes, or an update. */
		long least() {
			return switch (unit) {
				case ENVIRONMENT_STEPS -> lanes;
				case EXAMPLES -> experience.steps();
				case UPDATES -> 1;
			};
		}

		/** Begins the training of an agent that learns from examples; its type was checked when it was made. */
		void begin(Examples examples) {
			((ExampleAgent) agent).begin(examples);
		}

		/** The actor for the agent's evaluations. */
		Actor judged(boolean greedy) {
			return new Actor(by, "", (rows, tasks) -> agent.policy(rows, greedy));
		}
	}

	/** A freshly initialised agent of the arm's learner; equal arguments give equal agents. */
	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	Made agent(RunTask task, AgentView view, Optional<Architecture> architecture, RandomStreams streams, long plannedSteps,
			ChunkStore chunks) {
		Contribution<Learner<?>> learner = arm.learner().contribution();
		return agent(learner, (Learner<Record>) atWork.call(learner, "instance", learner.instance()::get),
				arm.learner().settings(), task, view, architecture, streams, plannedSteps, chunks);
	}

	/**
	 * A freshly initialised agent of any learner; equal arguments give equal agents.
	 *
	 * @param by     the contribution of the learner
	 * @param chunks the store for large parts of its state
	 */
	<S extends Record> Made agent(Contribution<?> by, Learner<S> learner, S settings, RunTask task, AgentView view,
			Optional<Architecture> architecture, RandomStreams streams, long plannedSteps,
			ChunkStore chunks) {
		int lanes = atWork.call(by, "lanes", () -> learner.lanes(settings));
		int lanesPerTask = view.training().trial().lanesPerTask();
		if (lanes < 1 || lanes % lanesPerTask != 0) {
			throw new IllegalArgumentException("the learner " + learner.getClass().getName() + " asks for " + lanes
					+ " lanes; it needs at least 1" + (lanesPerTask > 1
							? ", and a multiple of the " + lanesPerTask + " that share a task"
							: ""));
		}
		var environment = task.family().environment();
		ObservationSpace observation = view.training().observationSpace(environment);
		List<NetworkDescription> described = atWork.call(by, "networks",
				() -> List.copyOf(learner.networks(settings, observation, environment.actionSpace())));
		AgentSite site = new AgentSite(networks.build(arm.backbone(), described, architecture, streams.under("network")),
				observation, environment.actionSpace(), streams.under("agent"), plannedSteps, view, chunks,
				List.of());
		Agent agent = atWork.call(by, "agent", () -> learner.agent(settings, site));
		if (!atWork.call(by, "networks", agent::networks).equals(site.networks())) {
			throw new IllegalArgumentException("the agent of learner " + learner.getClass().getName() + " has other networks ("
					+ agent.networks().keySet() + ") than it was given (" + site.networks().keySet() + ')');
		}
		BudgetUnit unit = atWork.call(by, "unit", () -> learner.unit(settings));
		requireKind(by, unit, agent);
		return new Made(agent, by, view, lanes, unit,
				atWork.call(by, "experience", () -> learner.experience(settings)), description(by, settings, described, site));
	}

	/** A learner that counts environment steps acts in lanes; any other learns from examples. */
	static void requireKind(Contribution<?> by, BudgetUnit unit, Agent agent) {
		if (unit.acts() == agent instanceof ExampleAgent) {
			throw new BrokenContributionException(by.origin() + ": its budgets are counted in " + unit.many() + ", and its agent "
					+ agent.getClass().getName() + (unit.acts() ? " is an ExampleAgent, which acts in no lanes" : " is no ExampleAgent"),
					null);
		}
	}

	private AgentDescription description(Contribution<?> by, Record settings, List<NetworkDescription> described, AgentSite site) {
		boolean arms = by == arm.learner().contribution();
		List<AgentDescription.Graph> graphs = new ArrayList<>();
		for (NetworkDescription network : described) {
			Map<String, Head.Role> roles = new HashMap<>();
			network.trunks().forEach(trunk -> trunk.heads().forEach(head -> roles.put(head.name(), head.role())));
			graphs.add(AgentDescription.Graph.of(network.name(), site.networks().get(network.name()), roles));
		}
		return new AgentDescription(AgentDescription.FORMAT, by.id(), arms ? "learner" : AgentDescription.STRATEGY, by.bundle(),
				arms ? yaml(settings) : Map.of(),
				arms ? experiment.equipment().losses().stream().map(use -> new AgentDescription.Loss(use.loss().id(), use.weight(),
						yaml(use.loss().settings()))).toList() : List.of(),
				graphs, AgentDescription.Part.of(site.observationSpace()), AgentDescription.Space.of(site.actionSpace()),
				AgentDescription.Shown.of(site.view().training()), AgentDescription.Shown.of(site.view().evaluation()),
				site.view().memory());
	}

	private static Map<String, Object> yaml(Record settings) {
		return SettingsSchema.of(settings.getClass()).toYaml(settings);
	}

	/** Saves an agent in a folder, replacing its content. */
	void save(Made made, Path folder) throws IOException {
		Agent agent = made.agent();
		DurableFiles.delete(folder);
		DurableFiles.folder(folder.getParent());
		DurableFiles.folder(folder);
		for (Map.Entry<String, Network> each : agent.networks().entrySet()) {
			Path at = folder(folder, each.getKey());
			DurableFiles.folder(at);
			try {
				atWork.run(made.by(), "network", () -> networks.save(each.getValue(), at));
			} catch (IOException e) {
				throw new CannotWriteException(at, e);
			}
		}
		DurableFiles.replace(folder.resolve(KNOWLEDGE), out -> {
			DataOutputStream data = new DataOutputStream(out);
			atWork.run(made.by(), "writeKnowledge", () -> agent.writeKnowledge(data));
			data.flush();
		});
		made.description().write(folder);
	}

	/** @return the folder of a network: the agent's folder for the only one, otherwise a subfolder with its name */
	static Path folder(Path agent, String network) {
		return network.equals(NetworkDescription.ONLY) ? agent : agent.resolve(network);
	}

	/** Opens an agent from a folder that {@link #save} wrote, by the description in the folder. */
	SavedAgent open(Path folder, Catalog catalog, RandomStreams streams) throws IOException {
		return SavedAgent.open(folder, catalog, networks, atWork, streams);
	}

	/**
	 * Warm-starts an agent from a folder that {@link #save} wrote.
	 *
	 * @return one line for each tensor
	 */
	List<String> warmStart(Made made, Path folder, List<WarmStartRule> rules, Keep keep) throws IOException {
		return load(networks, atWork, made, folder, rules, keep);
	}

	static List<String> load(Networks networks, AtWork atWork, Made made, Path folder, List<WarmStartRule> rules, Keep keep)
			throws IOException {
		Agent agent = made.agent();
		List<String> tensors = new ArrayList<>();
		for (Map.Entry<String, Network> each : agent.networks().entrySet()) {
			String prefix = each.getKey().equals(NetworkDescription.ONLY) ? "" : each.getKey() + ": ";
			for (String line : networks.warmStart(each.getKey(), each.getValue(), folder(folder, each.getKey()), rules)) {
				tensors.add(prefix + line);
			}
		}
		if (keep.normalisers() || keep.exploration()) {
			atWork.run(made.by(), "readKnowledge", () -> readKnowledge(agent, folder, keep.exploration()));
		}
		atWork.run(made.by(), "restart", () -> agent.restart(keep.normalisers()));
		return tensors;
	}

	private static void readKnowledge(Agent agent, Path folder, boolean exploration) throws IOException {
		Path file = folder.resolve(KNOWLEDGE);
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(RegularFile.open(file, RegularFile.LARGEST)))) {
			agent.readKnowledge(in, exploration);
			if (exploration && in.read() >= 0) {
				throw new ResultsException(file + " is longer than the learner reads: it is damaged, or of another"
						+ " learner");
			}
		} catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException e) {
			// the result of a damaged size
			throw new ResultsException(file + " is damaged: it has invalid content (" + e + ")", e);
		} catch (EOFException | NoSuchFileException e) {
			throw new ResultsException(file + " is missing or ends too early: the step that left it must be run"
					+ " again", e);
		} catch (IOException e) {
			throw ResultsException.reading(file, e);
		}
	}
}
