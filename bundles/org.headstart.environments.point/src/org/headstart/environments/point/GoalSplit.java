package org.headstart.environments.point;

/** The way in which goals are held out. */
public enum GoalSplit {
	/** Lists of goals, drawn once from a seed: generalisation between neighbours. */
	SAMPLE,
	/** A sector of directions is held out: generalisation to directions never rewarded. */
	SECTOR,
	/** A ring of distances is held out: interpolation, or extrapolation when it reaches the edge. */
	RING
}
