package org.headstart.api.environment;

import java.util.Locale;

/** The purpose of a task set. Sets of different roles are disjoint. */
public enum TaskRole {
	/** Tasks to learn on. */
	TRAIN,
	/** Tasks to choose settings by. */
	VALIDATION,
	/** Tasks to judge on. */
	TEST;

	/** @return the role's name: train, validation or test */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** @return whether its tasks are for judging agents and not for learning */
	public boolean heldOut() {
		return this != TRAIN;
	}
}
