package org.headstart.api.network;

import java.util.List;
import java.util.Optional;

import org.headstart.api.backbone.Layers;

/**
 * A part of a network that heads stand on: a copy of the experiment's backbone, or layers of the learner's own.
 *
 * @param name   its name: vertices of a copy of the backbone begin with {@code backbone/NAME/}, those of other layers with
 *               {@code trunk/NAME/}
 * @param layers the layers; empty for a copy of the backbone, which reads the observation
 * @param reads  the inputs and earlier trunks whose outputs the layers read, concatenated; empty for a copy of the backbone
 * @param heads  the heads on it; none if only other trunks read it
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
	 * Makes a copy of the experiment's backbone that reads the observation.
	 *
	 * @param name  its name
	 * @param heads the heads on it
	 */
	public Trunk(String name, List<Head> heads) {
		this(name, Optional.empty(), List.of(), heads);
	}

	/**
	 * Makes a trunk of the learner's own layers.
	 *
	 * @param name   its name
	 * @param layers the layers
	 * @param reads  the names of the inputs and earlier trunks that the layers read
	 * @param heads  the heads on them
	 */
	public Trunk(String name, Layers layers, List<String> reads, List<Head> heads) {
		this(name, Optional.of(layers), reads, heads);
	}

	/** @return the prefix of its vertices' names */
	public String prefix() {
		return (layers.isEmpty() ? "backbone/" : "trunk/") + name + '/';
	}
}
