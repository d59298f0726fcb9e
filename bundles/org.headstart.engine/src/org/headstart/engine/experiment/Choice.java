package org.headstart.engine.experiment;

import org.headstart.engine.catalog.Contribution;

/**
 * A contribution that an experiment chose, with its settings.
 *
 * @param <T>          its kind
 * @param contribution the contribution
 * @param settings     its settings record
 */
public record Choice<T>(Contribution<T> contribution, Record settings) {

	/** @return the contribution's id */
	public String id() {
		return contribution.id();
	}
}
