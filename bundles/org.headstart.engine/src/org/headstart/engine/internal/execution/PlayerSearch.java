package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.View;
import org.headstart.api.experience.MemoryChunks;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Architecture;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.Artefact;
import org.headstart.api.strategy.Curriculum;
import org.headstart.api.strategy.Loop;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Teacher;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * A run that trains nothing. A strategy makes its agents in it as in a real run, with their views and learners, and so shows
 * the resulting agent or policy of a step.
 */
final class PlayerSearch implements StrategyRun {

	private final int trialEpisodes;
	private final Knowledge knowledge;
	private final Catalog catalog;
	private final AgentWorkshop workshop;
	private final List<RunTask> tasks;
	private final Contribution<?> strategy;
	private final RandomStreams streams;
	private final boolean greedy;
	private final Map<Agent, AgentWorkshop.Made> made = new IdentityHashMap<>();
	private final Map<String, Agent> saved = new HashMap<>();
	private Agent lastTrained;
	private Player judged;

	/**
	 * The player.
	 *
	 * @param made  the agent whose weights are loaded; null without learning
	 * @param view  its view
	 * @param actor the actor
	 */
	record Player(AgentWorkshop.Made made, View view, Actor actor) {}

	PlayerSearch(int trialEpisodes, Knowledge knowledge, Catalog catalog, AgentWorkshop workshop, List<RunTask> tasks,
			Contribution<?> strategy, boolean greedy, RandomStreams streams) {
		this.trialEpisodes = trialEpisodes;
		this.knowledge = knowledge;
		this.catalog = catalog;
		this.workshop = workshop;
		this.tasks = tasks;
		this.strategy = strategy;
		this.greedy = greedy;
		this.streams = streams;
	}

	/** The agent that was trained last, or the policy that was judged instead; null when there was neither. */
	Player last() {
		return lastTrained == null ? judged : player(lastTrained);
	}

	/** The agent that was saved under a name; null when there is none. */
	Player saved(String name) {
		Agent agent = saved.get(name);
		return agent == null ? null : player(agent);
	}

	private Player player(Agent agent) {
		return player(made.get(agent), greedy);
	}

	/** An agent as it is judged. */
	static Player player(AgentWorkshop.Made one, boolean greedy) {
		return new Player(one, one.view().evaluation(), one.judged(greedy));
	}

	@Override
	public int taskCount() {
		return tasks.size();
	}

	@Override
	public int trialEpisodes() {
		return trialEpisodes;
	}

	@Override
	public List<String> knowledge() {
		return knowledge.names();
	}

	@Override
	public TaskFamily family(int task) {
		return tasks.get(task).family();
	}

	@Override
	public Agent agent(String name, AgentView view) {
		return remember(workshop.agent(tasks.get(0), view, Optional.empty(), streams.under(name), 0, new MemoryChunks()));
	}

	@Override
	public Agent agent(String name, AgentView view, Architecture architecture) {
		return remember(workshop.agent(tasks.get(0), view, Optional.of(architecture), streams.under(name), 0, new MemoryChunks()));
	}

	@Override
	public <S extends Record> Agent agent(String name, AgentView view, Learner<S> learner, S settings) {
		return remember(workshop.agent(strategy, learner, settings, tasks.get(0), view, Optional.empty(), streams.under(name), 0,
				new MemoryChunks()));
	}

	private Agent remember(AgentWorkshop.Made one) {
		made.put(one.agent(), one);
		return one.agent();
	}

	@Override
	public void judge(String phase, View view, PolicyMaker policy) {
		judged = new Player(null, view, new Actor(strategy, phase, (lanes, tasks) -> policy.policy(lanes, tasks, streams.under(phase))));
	}

	@Override
	public void warmStart(Agent agent, String from, List<WarmStartRule> rules, Keep keep) {
		// what is played has weights of its own
	}

	@Override
	public void train(Agent agent, TrainingPhase phase) {
		lastTrained = agent;
	}

	@Override
	public void train(Agent agent, TrainingPhase phase, Curriculum curriculum) {
		lastTrained = agent;
	}

	@Override
	public void loop(String name, List<Agent> agents, Loop loop) {
		lastTrained = agents.get(0);
	}

	@Override
	public Teacher open(String name) throws IOException {
		return workshop.open(knowledge.folder(name), catalog, streams.under("teacher").under(name));
	}

	@Override
	public RandomStream random(String name) {
		return streams.stream(name);
	}

	@Override
	public void save(String name, Agent agent) {
		saved.put(name, agent);
	}

	@Override
	public void keep(Artefact artefact) {
		// nothing was learned that it could tell of
	}
}
