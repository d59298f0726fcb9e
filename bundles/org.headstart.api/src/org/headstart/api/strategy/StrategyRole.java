package org.headstart.api.strategy;

/** What a strategy is in a comparison. */
public enum StrategyRole {
	/** One of those that are compared. */
	CONTENDER,
	/** Learns the target from nothing: what contenders are measured against. */
	BASELINE,
	/** Is shown the task, which contenders have to find out: what these can reach at best. */
	ORACLE
}
