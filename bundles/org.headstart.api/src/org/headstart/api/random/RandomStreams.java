package org.headstart.api.random;

import java.nio.charset.StandardCharsets;

/**
 * The root of a run's randomness: every consumer gets a stream of its own, derived by name.
 *
 * <p>Streams of different names do not influence each other: drawing more numbers from one stream does not change another.
 * The derivation is FNV-1a over the name's UTF-8 bytes, mixed with the root seed. Immutable and thread-safe.
 *
 * @param seed the root seed
 */
public record RandomStreams(long seed) {

	/**
	 * A fresh stream for one consumer.
	 *
	 * @param name the consumer's name, for example {@code "policy"} or {@code "start/lane-3"}
	 * @return a stream at its beginning; each call gives a new object
	 */
	public RandomStream stream(String name) {
		return new RandomStream(derive(name));
	}

	/**
	 * A root derived from this one, for a part that derives streams itself.
	 *
	 * @param name the part's name
	 * @return the derived root
	 */
	public RandomStreams under(String name) {
		return new RandomStreams(derive(name + '/'));
	}

	private long derive(String name) {
		long hash = 0xCBF29CE484222325L;
		for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
			hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
		}
		return RandomStream.mix(RandomStream.mix(seed + 0x9E3779B97F4A7C15L) ^ hash);
	}
}
