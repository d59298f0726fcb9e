package org.headstart.product.torture;

/** Experiments of a few seconds: one that transfers, one with memory, one with gradients through gradients. */
enum TinyExperiment {

	/** PPO: a source, a target that is trained on, granted episodes. */
	PPO("""
			headstart: 1
			name: torture-ppo
			backbone: {id: mlp, hidden: [16]}
			learner: {id: ppo, lanes: 4, rollout-steps: 64, epochs: 4}
			source: [{environment: point-goal, task: train, steps: %1$d}]
			target: [{environment: point-goal, task: test, steps: %1$d}]
			strategies: [{id: scratch}, {id: fine-tune, layers: last}]
			shots: [0, 1]
			seeds: 1
			evaluation: {every: %2$d, episodes: 20}
			checkpoint: {every: 1}
			""", 100_000),

	/** RL²: trials of several episodes, an LSTM, a reference algorithm. */
	RL2("""
			headstart: 1
			name: torture-rl2
			backbone: {id: lstm, units: 16}
			learner: {id: ppo, lanes: 32, rollout-steps: 20, minibatch-size: 320, epochs: 2, shared-backbone: true}
			source: [{environment: bernoulli-bandit, arms: 5, task: train, steps: %1$d}]
			target: [{environment: bernoulli-bandit, arms: 5, task: test, steps: 0}]
			trial: {episodes: 10}
			strategies: [{id: reference, algorithm: thompson}, {id: rl2}, {id: rl2, memory: none, label: forgets}]
			seeds: 1
			evaluation: {every: %2$d, episodes: 500, trials: true}
			checkpoint: {every: 1}
			""", 240_000),

	/** MAML: an inner and an outer loop, groups of lanes with one task. */
	MAML("""
			headstart: 1
			name: torture-maml
			backbone: {id: mlp, hidden: [16]}
			learner: {id: ppo}
			source: [{environment: point-goal-maml, test-goals: 5, task: train, steps: %1$d}]
			target: [{environment: point-goal-maml, test-goals: 5, task: test, steps: 0}]
			trial: {episodes: 2}
			strategies: [{id: maml}, {id: maml, initialisation: random, label: random}]
			seeds: 1
			evaluation: {every: %2$d, episodes: 200, greedy: false}
			checkpoint: {every: 1}
			""", 900_000);

	private static final int EVALUATIONS = 4;

	private final String text;
	private final int steps;

	TinyExperiment(String text, int steps) {
		this.text = text;
		this.steps = steps;
	}

	/**
	 * The experiment file.
	 *
	 * @param seconds how long training in a step should take on a processor of its own
	 */
	String text(double seconds) {
		long budget = Math.round(steps * seconds / 2);
		return text.formatted(budget, budget / EVALUATIONS);
	}
}
