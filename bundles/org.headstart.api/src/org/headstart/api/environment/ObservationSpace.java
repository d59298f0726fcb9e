package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is observed: named parts. Those of numbers stand side by side in one row of floats for each lane, so that a network reads
 * the row as it is; those of bytes are arrays of their own. Immutable and thread-safe.
 */
public final class ObservationSpace {

	/** What the numbers of an environment are called that has no parts of its own. */
	public static final String STATE = "state";

	/** What the part is called that says which group a lane is of, see {@link ObservationPart#group}. */
	public static final String GROUP = "group";

	private final List<ObservationPart> parts;
	private final BoxSpace row;
	/** By part, where it begins in the row. */
	private final int[] offsets;

	/**
	 * An observation of several parts.
	 *
	 * @param parts the parts; at least one
	 */
	public ObservationSpace(List<ObservationPart> parts) {
		this.parts = List.copyOf(parts);
		if (this.parts.isEmpty()) {
			throw new IllegalArgumentException("an observation needs at least one part");
		}
		Set<String> names = new HashSet<>();
		List<BoxSpace> boxes = new ArrayList<>();
		offsets = new int[this.parts.size()];
		int offset = 0;
		for (int i = 0; i < offsets.length; i++) {
			ObservationPart part = this.parts.get(i);
			if (!names.add(part.name())) {
				throw new IllegalArgumentException("two parts of an observation are called '" + part.name() + "'");
			}
			offsets[i] = offset;
			if (!part.isBytes()) {
				boxes.add(part.bounds().orElseThrow());
				offset += part.size();
			}
		}
		row = BoxSpace.sideBySide(boxes);
	}

	/**
	 * An observation of numbers alone, called {@value #STATE}.
	 *
	 * @param box their bounds
	 * @return the space
	 */
	public static ObservationSpace of(BoxSpace box) {
		return new ObservationSpace(List.of(ObservationPart.numbers(STATE, box)));
	}

	/** @return the parts; their indices here are those of all methods */
	public List<ObservationPart> parts() {
		return parts;
	}

	/**
	 * Finds a part, once: steps go by its index.
	 *
	 * @param name its name
	 * @return its index
	 * @throws IllegalArgumentException when there is none; the message lists those that there are
	 */
	public int index(String name) {
		for (int i = 0; i < parts.size(); i++) {
			if (parts.get(i).name().equals(name)) {
				return i;
			}
		}
		throw new IllegalArgumentException("the observation has no part '" + name + "'; there are "
				+ parts.stream().map(ObservationPart::name).collect(Collectors.joining(", ")));
	}

	/**
	 * @param part index of a part of numbers
	 * @return where it begins in a row
	 */
	public int offset(int part) {
		if (parts.get(part).isBytes()) {
			throw new IllegalArgumentException("part '" + parts.get(part).name() + "' is made of bytes and in no row");
		}
		return offsets[part];
	}

	/** @return index of the part that says which group a lane is of; −1 where all are of one */
	public int group() {
		for (int i = 0; i < parts.size(); i++) {
			if (parts.get(i).name().equals(GROUP)) {
				return i;
			}
		}
		return -1;
	}

	/** @return floats in a row; 0 when there are images alone */
	public int rowSize() {
		return row.size();
	}

	/** @return the bounds of a row: of all numbers, one part after the other */
	public BoxSpace row() {
		return row;
	}

	/** @return whether there are images beside or instead of numbers */
	public boolean hasBytes() {
		return parts.stream().anyMatch(ObservationPart::isBytes);
	}

	/** @return the parts of bytes, in their order */
	public List<ObservationPart> images() {
		return parts.stream().filter(ObservationPart::isBytes).toList();
	}

	/**
	 * For whoever reads numbers and nothing else.
	 *
	 * @return the bounds of a row
	 * @throws IllegalArgumentException when there are images; the message names them
	 */
	public BoxSpace numbers() {
		if (hasBytes()) {
			throw new IllegalArgumentException("it reads numbers only, and would not see "
					+ parts.stream().filter(ObservationPart::isBytes).map(part -> "the image '" + part.name() + "' (" + part + ")")
							.collect(Collectors.joining(", ")));
		}
		return row;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ObservationSpace space && parts.equals(space.parts);
	}

	@Override
	public int hashCode() {
		return parts.hashCode();
	}

	@Override
	public String toString() {
		return parts.stream().map(ObservationPart::toString).collect(Collectors.joining("; "));
	}
}
