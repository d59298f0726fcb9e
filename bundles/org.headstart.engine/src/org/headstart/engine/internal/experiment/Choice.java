package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.List;

import org.headstart.engine.internal.catalog.Contribution;

/**
 * A contribution that an experiment chose, with its settings.
 *
 * @param <T>          its kind
 * @param contribution the contribution
 * @param settings     its settings record
 * @param referred     the contributions to which its settings refer
 */
public record Choice<T>(Contribution<T> contribution, Record settings, List<Contribution<?>> referred) {

	/** Defensive copy. */
	public Choice {
		referred = List.copyOf(referred);
	}

	/**
	 * A choice whose settings refer to nothing.
	 *
	 * @param contribution the contribution
	 * @param settings     its settings record
	 */
	public Choice(Contribution<T> contribution, Record settings) {
		this(contribution, settings, List.of());
	}

	/** @return all contributions whose code has a part in it: itself first */
	public List<Contribution<?>> contributions() {
		List<Contribution<?>> all = new ArrayList<>();
		all.add(contribution);
		all.addAll(referred);
		return all;
	}

	/** @return the contribution's id */
	public String id() {
		return contribution.id();
	}
}
