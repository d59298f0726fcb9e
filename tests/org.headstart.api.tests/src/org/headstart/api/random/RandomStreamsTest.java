package org.headstart.api.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/**
 * What names derive, against literal values: 64-bit FNV-1a (Fowler, Noll and Vo) over the name, mixed with the root seed by
 * SplitMix64's finaliser.
 */
class RandomStreamsTest {

	private static final String[] NAMES = {
			"", "policy", "start/lane-3", "ω"
	};

	private static long fnv1a(String text) {
		long hash = 0xCBF29CE484222325L;
		for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
			hash ^= Byte.toUnsignedInt(each);
			hash *= 0x100000001B3L;
		}
		return hash;
	}

	/** Stafford's variant 13 of MurmurHash3's finaliser, as SplitMix64 has it. */
	private static long mix(long z) {
		z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
		z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
		return z ^ z >>> 31;
	}

	private static void assertFirst(long seed, long... expected) {
		for (int i = 0; i < NAMES.length; i++) {
			assertEquals(expected[i], new RandomStreams(seed).stream(NAMES[i]).nextLong(), seed + " \"" + NAMES[i] + '"');
		}
	}

	private static void assertUnder(long seed, long... expected) {
		for (int i = 0; i < NAMES.length; i++) {
			assertEquals(expected[i], new RandomStreams(seed).under(NAMES[i]).seed(), seed + " \"" + NAMES[i] + '"');
		}
	}

	@Test
	void theHashIsThePublishedOne() {
		assertEquals(0xCBF29CE484222325L, fnv1a(""));
		assertEquals(0xAF63DC4C8601EC8CL, fnv1a("a"));
		assertEquals(0x85944171F73967E8L, fnv1a("foobar"));
	}

	@Test
	void streams() {
		assertFirst(0, 0xADDEDAA462B2931DL, 0x39F7AAB670D50FBCL, 0xDCC89DC43FB75A2CL, 0x2A694F4AA0FB414EL);
		assertFirst(42, 0xF975FFCDB9101A82L, 0x9D1FE9A8B092E591L, 0x7B98A8C6858B2420L, 0x39AF73477EB4B06DL);
		assertFirst(-7, 0x22F9832B3E966633L, 0x31B8687D83579E26L, 0x9C332FB914B86FEDL, 0xB6FE04B728EA552FL);
	}

	@Test
	void rootsBelow() {
		assertUnder(0, 0x7F09130023CD9F12L, 0x4DF9881D94855334L, 0x199C6C854EBE4E22L, 0xDBCC1D83DD5AFD19L);
		assertUnder(42, 0xA81059B65684504DL, 0xD43870FCC7676176L, 0x7BAC3A7AD3D71A69L, 0xC85B78659365ACAAL);
		assertUnder(-7, 0xDAB858C6320F2811L, 0x2D33871CC314E72AL, 0xE2A37304CB0A5825L, 0x256101B71AB23C2AL);
	}

	@Test
	void streamsOfRootsBelow() {
		long[] seeds = {
				0, 42, -7
		};
		long[] expected = {
				0x8C724ED61A5B3C1CL, 0x3FA3B74CB622967BL, 0x1BAFEA9EC20F5681L
		};
		for (int i = 0; i < seeds.length; i++) {
			assertEquals(expected[i],
					new RandomStreams(seeds[i]).under("source").under("lane-0").stream("dynamics").nextLong());
		}
	}

	@Test
	void derivesAsPublished() {
		for (long seed = -500; seed < 500; seed++) {
			RandomStreams streams = new RandomStreams(seed);
			String name = "lane-" + seed;
			long mixed = mix(seed + 0x9E3779B97F4A7C15L);
			assertEquals(mix(mixed ^ fnv1a(name + "/")), streams.under(name).seed());
			assertEquals(new RandomStream(mix(mixed ^ fnv1a(name))).nextLong(), streams.stream(name).nextLong());
		}
	}
}
