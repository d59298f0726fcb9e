package org.headstart.api.network;

import java.util.List;
import java.util.Optional;

import org.headstart.api.backbone.Layers;

/**
 * A part of a network that heads stand on: a copy of the experiment's backbone, or layers of the learner's own.
 *
 * @param name   names it: the vertices of a copy of the backbone begin with {@code backbone/NAME/}, those of other layers with
 *               {@code trunk/NAME/}
 * @param layers the layers; empty for a copy of the backbone, which reads the observation
 * @param reads  what own layers read, side by side: names of inputs, and of trunks that stand before this one; empty for a copy of the
 *               backbone
 * @param heads  the heads on it; none when only other trunks read it
 */
public record Trunk(String name, Optional<Layers> layers, List<String> reads, List<Head> heads) {

	/** Checks and copies. */
	public Trunk {
		reads = List.copyOf(reads);
		heads = List.copyOf(heads);
		if (layers.isPresent() == reads.isEmpty()) {
			throw new IllegalArgumentException("trunk '" + name + "' "
					+ (reads.isEmpty() ? "reads nothing" : "is a copy of the backbone, which reads the observation, not " + reads));
		}
	}

	/**
	 * A copy of the experiment's backbone, on the observation.
	 *
	 * @param name  names the copy
	 * @param heads the heads on it
	 */
	public Trunk(String name, List<Head> heads) {
		this(name, Optional.empty(), List.of(), heads);
	}

	/**
	 * Layers of the learner's own.
	 *
	 * @param name   names them
	 * @param layers the layers
	 * @param reads  what they read: names of inputs, and of trunks before this one
	 * @param heads  the heads on them
	 */
	public Trunk(String name, Layers layers, List<String> reads, List<Head> heads) {
		this(name, Optional.of(layers), reads, heads);
	}

	/** @return what the names of its vertices begin with */
	public String prefix() {
		return (layers.isEmpty() ? "backbone/" : "trunk/") + name + '/';
	}
}
