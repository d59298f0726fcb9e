package org.headstart.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.headstart.nn.internal.state.NetworkState;
import org.junit.jupiter.api.Test;

/** The bundle's packages, as its class files use each other. */
class PackagesTest {

	private static final Pattern REFERENCE = Pattern.compile("(org/headstart/nn(?:/[a-z0-9]+)*)/[A-Z]");

	@Test
	void packagesUseEachOtherWithoutACircle() throws IOException, URISyntaxException {
		Map<String, Set<String>> uses = uses();
		assertTrue(uses.get("org/headstart/nn").contains("org/headstart/nn/internal/compiled"), "read: " + uses);
		List<String> order = new ArrayList<>();
		while (order.size() < uses.size()) {
			List<String> ready = uses.keySet().stream().filter(p -> !order.contains(p) && order.containsAll(uses.get(p))).toList();
			assertTrue(!ready.isEmpty(), "a circle among packages, beside " + order + ": " + uses);
			order.addAll(ready);
		}
	}

	@Test
	void kernelsKnowNoNetwork() throws IOException, URISyntaxException {
		assertEquals(Set.of(), uses().get("org/headstart/nn/internal/kernels"));
	}

	/** @return for each package the others that its classes refer to */
	private static Map<String, Set<String>> uses() throws IOException, URISyntaxException {
		Map<String, Set<String>> uses = new TreeMap<>();
		Path place = Path.of(NetworkState.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		if (Files.isDirectory(place)) {
			Path classes = place.resolve("target/classes");
			collect(Files.isDirectory(classes) ? classes : place, uses);
		} else {
			try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), new HashMap<>())) {
				collect(jar.getPath("/"), uses);
			}
		}
		return uses;
	}

	private static void collect(Path root, Map<String, Set<String>> uses) throws IOException {
		try (Stream<Path> files = Files.walk(root.resolve("org/headstart/nn"))) {
			for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
				String own = root.relativize(file.getParent()).toString().replace('\\', '/');
				Set<String> used = uses.computeIfAbsent(own, p -> new TreeSet<>());
				for (String text : texts(file)) {
					Matcher reference = REFERENCE.matcher(text);
					while (reference.find()) {
						used.add(reference.group(1));
					}
				}
				used.remove(own);
			}
		}
	}

	/** The texts of a class file's constant pool (Java Virtual Machine Specification, 4.4), names and descriptors among them. */
	private static List<String> texts(Path file) throws IOException {
		List<String> texts = new ArrayList<>();
		try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
			assertEquals(0xCAFEBABE, in.readInt());
			in.readInt();
			int count = in.readUnsignedShort();
			for (int i = 1; i < count; i++) {
				int tag = in.readUnsignedByte();
				switch (tag) {
					case 1 -> texts.add(in.readUTF());
					case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
					case 15 -> in.skipNBytes(3);
					case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
					case 5, 6 -> {
						in.readLong();
						// takes two places
						i++;
					}
					default -> throw new IOException(file + " has a constant with tag " + tag);
				}
			}
		}
		return texts;
	}
}
