package org.headstart.api.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;

/**
 * A network that a learner needs.
 *
 * @param name        its name among the learner's networks: lower-case words with hyphens; {@value #ONLY} if it is the only
 *                    one
 * @param observation the network's first input, called {@value #OBSERVATION} and read by copies of the backbone: all numbers
 *                    of an observation as one part, or an image; empty for a network without an observation
 * @param others      further inputs: an action, noise
 * @param trunks      its trunks, in the order of computation
 * @param optimizer   the optimizer
 */
public record NetworkDescription(String name, Optional<ObservationPart> observation, List<Input> others, List<Trunk> trunks,
		Optimizer optimizer) {

	/** The name of a learner's only network. */
	public static final String ONLY = "network";
	/** The name of the input that copies of the backbone read. */
	public static final String OBSERVATION = "observation";

	/** Checks and copies. */
	public NetworkDescription {
		Objects.requireNonNull(optimizer, "a network needs an optimizer");
		others = List.copyOf(others);
		trunks = List.copyOf(trunks);
		if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
			throw new IllegalArgumentException("a network's name is made of lower-case words with hyphens, not '" + name + '\'');
		}
		Set<String> readable = new HashSet<>();
		observation.ifPresent(space -> readable.add(OBSERVATION));
		for (Input input : others) {
			if (!readable.add(input.name())) {
				throw new IllegalArgumentException("network '" + name + "' has two inputs called '" + input.name() + '\'');
			}
		}
		Set<String> heads = new HashSet<>();
		for (Trunk trunk : trunks) {
			if (trunk.layers().isEmpty() && observation.isEmpty()) {
				throw new IllegalArgumentException("trunk '" + trunk.name() + "' of network '" + name
						+ "' is a copy of the backbone, but the network has no observation");
			}
			for (String read : trunk.reads()) {
				if (!readable.contains(read)) {
					throw new IllegalArgumentException("trunk '" + trunk.name() + "' of network '" + name + "' reads '" + read
							+ "', which is neither an input nor a trunk before it; there are " + readable.stream().sorted().toList());
				}
			}
			if (!readable.add(trunk.name())) {
				throw new IllegalArgumentException("two trunks or inputs of network '" + name + "' are called '" + trunk.name() + '\'');
			}
			for (Head head : trunk.heads()) {
				if (!heads.add(head.name())) {
					throw new IllegalArgumentException("two heads of network '" + name + "' are called '" + head.name() + '\'');
				}
			}
		}
		if (heads.isEmpty()) {
			throw new IllegalArgumentException("network '" + name + "' needs at least one trunk with a head");
		}
	}

	/** @return all inputs, the observation first */
	public List<Input> inputs() {
		return inputs(observation, others);
	}

	/**
	 * The inputs of a network.
	 *
	 * @param observation the observation, read by copies of the backbone
	 * @param others      further inputs
	 * @return all inputs, the observation first, called {@value #OBSERVATION}
	 */
	public static List<Input> inputs(Optional<ObservationPart> observation, List<Input> others) {
		List<Input> inputs = new ArrayList<>();
		observation.ifPresent(part -> inputs.add(new Input(OBSERVATION, part.shape(), part.isBytes())));
		inputs.addAll(others);
		return List.copyOf(inputs);
	}

	/**
	 * Describes a learner's only network, which reads observations.
	 *
	 * @param observation the observation space
	 * @param trunks      copies of the backbone: one for a shared network, several for separate ones
	 * @param optimizer   the optimizer
	 * @return the description
	 * @throws IllegalArgumentException when the observation has images
	 */
	public static NetworkDescription of(ObservationSpace observation, List<Trunk> trunks, Optimizer optimizer) {
		return of(observation.numbers(), trunks, optimizer);
	}

	/**
	 * Describes a learner's only network, which reads rows of numbers, from the observation or elsewhere.
	 *
	 * @param numbers   the bounds of a row
	 * @param trunks    copies of the backbone
	 * @param optimizer the optimizer
	 * @return the description
	 */
	public static NetworkDescription of(BoxSpace numbers, List<Trunk> trunks, Optimizer optimizer) {
		return of(ObservationPart.numbers(OBSERVATION, numbers), trunks, optimizer);
	}

	/**
	 * Describes a learner's only network, which reads one part of the observation, such as an image of bytes.
	 *
	 * @param part      the part
	 * @param trunks    copies of the backbone
	 * @param optimizer the optimizer
	 * @return the description
	 */
	public static NetworkDescription of(ObservationPart part, List<Trunk> trunks, Optimizer optimizer) {
		return new NetworkDescription(ONLY, Optional.of(part), List.of(), trunks, optimizer);
	}

	/** @return the space that a backbone reads: the observation's numbers, or the image with its bytes scaled to 0 to 1 */
	public Optional<BoxSpace> read() {
		return observation.map(part -> part.bounds().orElseGet(() -> {
			BoxSpace flat = BoxSpace.uniform(part.size(), 0, 1);
			return new BoxSpace(flat.low(), flat.high(), part.shape());
		}));
	}
}
