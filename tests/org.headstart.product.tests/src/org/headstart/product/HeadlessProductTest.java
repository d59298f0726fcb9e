package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What the headless product holds, as materialised. */
class HeadlessProductTest {

	private static final Path PLUGINS = Path.of(System.getProperty("headstart.products"),
			"headstart", "linux", "gtk", "x86_64", "plugins");

	/** SWT, JFace, the workbench, EMF and CSS that come with it, and Headstart's own bundles for the workbench. */
	private static final Pattern UI = Pattern.compile(
			"org\\.eclipse\\.(swt|jface|ui|e4|emf|text|compare|team|ltk)\\b.*|org\\.headstart\\.workbench.*");

	@Test
	void holdsNoUserInterface() throws IOException {
		assertEquals(List.of(), bundles().stream().filter(name -> UI.matcher(name).matches()).toList());
	}

	@Test
	void holdsTheCommandLineAndTheNatives() throws IOException {
		List<String> bundles = bundles();
		for (String needed : List.of("org.headstart.cli_", "org.headstart.runtime_", "org.headstart.lib.dl4j.linux.x86_64_")) {
			assertTrue(bundles.stream().anyMatch(name -> name.startsWith(needed)), needed + " in " + bundles);
		}
	}

	private static List<String> bundles() throws IOException {
		try (Stream<Path> files = Files.list(PLUGINS)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}
}
