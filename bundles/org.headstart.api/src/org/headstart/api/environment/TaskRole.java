package org.headstart.api.environment;

import java.util.Locale;

/** What a set of tasks is for. Sets of different roles have no task in common. */
public enum TaskRole {
	/** To learn on. */
	TRAIN,
	/** To choose settings by. */
	VALIDATION,
	/** To be judged on. */
	TEST;

	/** @return the word for it: train, validation or test */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** @return whether agents are judged on its tasks and do not learn on them */
	public boolean heldOut() {
		return this != TRAIN;
	}
}
