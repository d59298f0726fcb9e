package org.headstart.api.network;

/**
 * An output that a learner wants on a trunk: a dense layer with identity activation, named {@code head/NAME}.
 *
 * @param name the field's word for it: {@code policy}, {@code value}
 * @param size floats a row
 * @param gain the gain of its orthogonal initialisation (Saxe et al. 2014); 0.01 keeps a first policy near uniform
 */
public record Head(String name, int size, double gain) {

	/** @return the name of the head's vertex */
	public String vertex() {
		return "head/" + name;
	}
}
