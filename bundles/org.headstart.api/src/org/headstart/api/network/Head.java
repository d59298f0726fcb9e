package org.headstart.api.network;

/**
 * An output that a learner wants on a trunk: a dense layer with identity activation, named {@code head/NAME}.
 *
 * @param name the field's word for it: {@code policy}, {@code value}, {@code reconstruction}
 * @param role what it is for: what strategies and the engine go by
 * @param size floats a row
 * @param gain the gain of its orthogonal initialisation (Saxe et al. 2014); 0.01 keeps a first policy near uniform
 */
public record Head(String name, Role role, int size, double gain) {

	/** What all heads' vertices begin with. */
	public static final String PART = "head/";

	/** What a head is for. */
	public enum Role {
		/** Actions are chosen by it. */
		POLICY,
		/** It judges states, or actions in states, and does not choose. */
		VALUE,
		/** Anything else: a decoder, a prediction, a projection that a loss compares. */
		AUXILIARY
	}

	/**
	 * A head called {@code policy} that actions are chosen by.
	 *
	 * @param size floats a row
	 * @param gain the gain of its initialisation
	 * @return the head
	 */
	public static Head policy(int size, double gain) {
		return new Head("policy", Role.POLICY, size, gain);
	}

	/**
	 * A head called {@code value} with one float a row.
	 *
	 * @param gain the gain of its initialisation
	 * @return the head
	 */
	public static Head value(double gain) {
		return new Head("value", Role.VALUE, 1, gain);
	}

	/** @return the name of the head's vertex */
	public String vertex() {
		return PART + name;
	}
}
