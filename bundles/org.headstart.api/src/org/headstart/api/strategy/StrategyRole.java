package org.headstart.api.strategy;

/** The role of a strategy in a comparison. */
public enum StrategyRole {
	/** One of the compared strategies. */
	CONTENDER,
	/** Learns the target from scratch; contenders are measured against it. */
	BASELINE,
	/** Is shown the task, which contenders must infer; its return is an upper bound for theirs. */
	ORACLE
}
