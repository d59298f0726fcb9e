package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.experience.MemoryChunks;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.Teacher;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.experiment.Experiment.LossUse;
import org.headstart.engine.internal.experiment.LearnerWithLosses;
import org.headstart.engine.internal.results.ResultsException;

/**
 * An agent from a step's folder, opened without its strategy and its experiment, for example to play or to teach. The folder
 * describes how to make it; only its learner and the losses of its training must be installed. Thread-confined.
 */
public final class SavedAgent implements Teacher {

	private final AgentDescription description;
	private final AgentWorkshop.Made made;

	private SavedAgent(AgentDescription description, AgentWorkshop.Made made) {
		this.description = description;
		this.made = made;
	}

	/**
	 * Opens an agent.
	 *
	 * @param folder  its folder, for example {@code steps/KEY/checkpoint/final} of a results folder
	 * @param catalog the installed contributions
	 * @return the agent, which acts like the saved one
	 * @throws ResultsException when the folder holds no agent, is damaged, or needs a contribution that is not installed; the message
	 *                          says which
	 * @throws IOException      when a file cannot be read
	 */
	public static SavedAgent open(Path folder, Catalog catalog) throws IOException {
		return open(folder, catalog, new GraphNetworks(), new AtWork(), new RandomStreams(0));
	}

	static SavedAgent open(Path folder, Catalog catalog, Networks networks, AtWork atWork, RandomStreams streams) throws IOException {
		AgentDescription description = AgentDescription.read(folder);
		if (description.kind().equals(AgentDescription.STRATEGY)) {
			throw new ResultsException(folder + " holds an agent of a learner that strategy '" + description.learner() + "' of bundle "
					+ description.bundle() + " brought along: it cannot be opened without that strategy");
		}
		List<LossUse> losses = new ArrayList<>();
		for (AgentDescription.Loss loss : description.losses()) {
			losses.add(new LossUse(choice(folder, "loss", loss.id(), "", loss.settings(), catalog.losses(), catalog), loss.weight()));
		}
		Choice<Learner<?>> learner = LearnerWithLosses.of(
				choice(folder, "learner", description.learner(), description.bundle(), description.settings(), catalog.learners(),
						catalog),
				losses);
		Map<String, Network> built = new LinkedHashMap<>();
		for (AgentDescription.Graph graph : description.networks()) {
			built.put(graph.name(),
					networks.open(AgentWorkshop.folder(folder, graph.name()), graph.networkInputs(), graph.networkHeads()));
		}
		requireWhatItsLearnerDescribes(learner, description, folder, atWork);
		AgentSite site = new AgentSite(built, description.observationSpace(), description.actions().space(), streams, 0,
				description.view(), new MemoryChunks(), List.of());
		Agent agent = agent(learner, site, atWork);
		AgentWorkshop.Made made = new AgentWorkshop.Made(agent, learner.contribution(), description.view(), 1,
				BudgetUnit.ENVIRONMENT_STEPS, new Experience(1, false), description);
		AgentWorkshop.load(networks, atWork, made, folder, List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)),
				new Keep(true, true));
		return new SavedAgent(description, made);
	}

	/** The sizes of the networks follow from the spaces and the settings; a strategy's architecture is in the graphs. */
	private static void requireWhatItsLearnerDescribes(Choice<Learner<?>> learner, AgentDescription description, Path folder,
			AtWork atWork) throws ResultsException {
		List<NetworkDescription> networks;
		try {
			networks = networks(learner, description, atWork);
		} catch (IllegalArgumentException e) {
			throw new ResultsException(folder.resolve(AgentDescription.FILE) + " is damaged: " + e.getMessage(), e);
		}
		Map<String, Map<String, Integer>> wanted = new TreeMap<>();
		networks.forEach(network -> wanted.put(network.name(), sizes(network.inputs(),
				network.trunks().stream().flatMap(trunk -> trunk.heads().stream()).toList())));
		Map<String, Map<String, Integer>> found = new TreeMap<>();
		description.networks().forEach(graph -> found.put(graph.name(), sizes(graph.networkInputs(), graph.networkHeads())));
		if (!found.equals(wanted)) {
			throw new ResultsException(folder.resolve(AgentDescription.FILE) + " contradicts itself: its networks have inputs and heads of "
					+ found + ", and for its spaces its learner '" + learner.id() + "' has " + wanted);
		}
	}

	@SuppressWarnings("unchecked") // the settings record is the contribution's own
	private static List<NetworkDescription> networks(Choice<Learner<?>> learner, AgentDescription description, AtWork atWork) {
		return atWork.call(learner.contribution(), "networks",
				() -> List.copyOf(((Learner<Record>) learner.contribution().instance().get()).networks(learner.settings(),
						description.observationSpace(), description.actions().space())));
	}

	private static Map<String, Integer> sizes(List<Input> inputs, List<Head> heads) {
		Map<String, Integer> sizes = new TreeMap<>();
		inputs.forEach(input -> sizes.put(input.name(), input.size()));
		heads.forEach(head -> sizes.put(head.vertex(), head.size()));
		return sizes;
	}

	@SuppressWarnings("unchecked") // the settings record is the contribution's own
	private static Agent agent(Choice<Learner<?>> learner, AgentSite site, AtWork atWork) {
		return atWork.call(learner.contribution(), "agent",
				() -> ((Learner<Record>) learner.contribution().instance().get()).agent(learner.settings(), site));
	}

	private static <T> Choice<T> choice(Path folder, String kind, String id, String bundle, Map<String, Object> settings,
			SortedMap<String, Contribution<T>> known, Catalog catalog) throws ResultsException {
		Contribution<T> contribution = known.get(id);
		if (contribution == null) {
			throw new ResultsException("the agent in " + folder + " needs the " + kind + " '" + id + "'"
					+ (bundle.isEmpty() ? "" : " of bundle " + bundle) + ", which is not installed; there are: "
					+ String.join(", ", known.keySet()));
		}
		SettingsSchema.Bound bound = contribution.schema().bind(settings, List.of(), catalog);
		if (bound.settings() == null) {
			throw new ResultsException("the agent in " + folder + " has settings that the installed " + kind + " '" + id
					+ "' does not take: " + bound.problems());
		}
		return new Choice<>(contribution, bound.settings(), catalog.referred(bound.settings()));
	}

	/** Whether an agent can be opened without its strategy. */
	static boolean opensAlone(Path folder) throws IOException {
		return !AgentDescription.read(folder).kind().equals(AgentDescription.STRATEGY);
	}

	/** @return the learner's id */
	public String learner() {
		return description.learner();
	}

	@Override
	public ObservationSpace observationSpace() {
		return description.observationSpace();
	}

	@Override
	public ActionSpace actionSpace() {
		return description.actions().space();
	}

	@Override
	public AgentView view() {
		return made.view();
	}

	/** @return its networks, by name */
	public Map<String, Network> networks() {
		return made.agent().networks();
	}

	@Override
	public Policy policy(int lanes, boolean greedy) {
		return made.agent().policy(lanes, greedy);
	}

	@Override
	public Optional<ActorCritic> actorCritic(int lanes) {
		return made.agent().actorCritic(lanes);
	}

	AgentWorkshop.Made made() {
		return made;
	}
}
