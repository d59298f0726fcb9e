package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The space of observations, made of named parts. All parts of numbers are side by side in one row of floats for each lane,
 * so that a network reads the row without a copy; every part of bytes has an array of its own. Immutable and thread-safe.
 */
public final class ObservationSpace {

	/** The name of the only part of an environment that does not name its parts. */
	public static final String STATE = "state";

	/** The name of the part that says to which group a lane belongs, see {@link ObservationPart#group}. */
	public static final String GROUP = "group";

	private final List<ObservationPart> parts;
	private final BoxSpace row;
	/** The offset of each part in the row. */
	private final int[] offsets;

	/**
	 * Makes a space of several parts.
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
	 * Makes a space of a single part of numbers, called {@value #STATE}.
	 *
	 * @param box their bounds
	 * @return the space
	 */
	public static ObservationSpace of(BoxSpace box) {
		return new ObservationSpace(List.of(ObservationPart.numbers(STATE, box)));
	}

	/** @return the parts; all methods use the indices of this list */
	public List<ObservationPart> parts() {
		return parts;
	}

	/**
	 * Finds a part by its name. Call it once and use the index in every step.
	 *
	 * @param name its name
	 * @return its index
	 * @throws IllegalArgumentException when there is no such part; the message lists the parts
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
	 * @return the part's offset in a row
	 */
	public int offset(int part) {
		if (parts.get(part).isBytes()) {
			throw new IllegalArgumentException("part '" + parts.get(part).name() + "' is made of bytes and in no row");
		}
		return offsets[part];
	}

	/** @return index of the part that says to which group a lane belongs; −1 when there is only one group */
	public int group() {
		for (int i = 0; i < parts.size(); i++) {
			if (parts.get(i).name().equals(GROUP)) {
				return i;
			}
		}
		return -1;
	}

	/** @return floats in a row; 0 when there are only images */
	public int rowSize() {
		return row.size();
	}

	/** @return the bounds of all numbers in a row, one part after the other */
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
	 * Refuses images, for readers of numbers alone.
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
