package org.headstart.api.network;

/**
 * An output on a trunk: a dense layer with identity activation, named {@code head/NAME}.
 *
 * @param name its usual name: {@code policy}, {@code value}, {@code reconstruction}
 * @param role its purpose; strategies and the engine refer to heads by role, not by name
 * @param size floats in a row
 * @param gain the gain of its orthogonal initialisation (Saxe et al. 2014); 0.01 keeps a first policy near uniform
 */
public record Head(String name, Role role, int size, double gain) {

	/** The prefix of all heads' vertices. */
	public static final String PART = "head/";

	/** The purpose of a head. */
	public enum Role {
		/** It chooses actions. */
		POLICY,
		/** It estimates the value of states, or of actions in states, and does not choose. */
		VALUE,
		/** Any other purpose: a decoder, a prediction, a projection for a contrastive loss. */
		AUXILIARY
	}

	/**
	 * Makes a head called {@code policy} that chooses actions.
	 *
	 * @param size floats in a row
	 * @param gain the gain of its initialisation
	 * @return the head
	 */
	public static Head policy(int size, double gain) {
		return new Head("policy", Role.POLICY, size, gain);
	}

	/**
	 * Makes a head called {@code value} with one float in a row.
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
