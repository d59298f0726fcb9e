package org.headstart.api.network;

import java.util.List;

/**
 * One copy of the experiment's backbone and the heads that stand on it.
 *
 * @param name  names the copy: its vertices begin with {@code backbone/NAME/}
 * @param heads the heads on it
 */
public record Trunk(String name, List<Head> heads) {

	/** Defensive copy. */
	public Trunk {
		heads = List.copyOf(heads);
	}
}
