package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each product holds the licence, and a notice that names every part of others in it with its version. */
class NoticeTest {

	/** A bundle's file or folder: symbolic name and the version without its qualifier. */
	private static final Pattern BUNDLE = Pattern.compile("(.+)_(\\d+\\.\\d+\\.\\d+)(\\..*)?");
	private static final Pattern LICENCE_TEXT = Pattern.compile("licenses/[\\w.-]+\\.txt");

	@ParameterizedTest
	@ValueSource(strings = {"headstart", "headstart-workbench"})
	void everyPartOfOthersIsNamed(String product) throws IOException {
		Path home = home(product);
		List<String> lines = Files.readAllLines(home.resolve("NOTICE"));
		List<String> missing = new ArrayList<>();
		int parts = 0;
		for (Path bundle : list(home.resolve("plugins"))) {
			String file = bundle.getFileName().toString();
			Matcher name = BUNDLE.matcher(file);
			assertTrue(name.matches(), file);
			if (file.startsWith("org.headstart.lib.")) {
				for (Path jar : list(bundle.resolve("lib"))) {
					for (String coordinates : coordinates(jar)) {
						parts++;
						if (lines.stream().noneMatch(
								line -> line.contains(jar.getFileName().toString()) && line.endsWith(" " + coordinates))) {
							missing.add(jar.getFileName() + " " + coordinates);
						}
					}
				}
			} else if (!file.startsWith("org.headstart.")) {
				parts++;
				String entry = "  " + name.group(1) + " " + name.group(2) + " ";
				if (lines.stream().noneMatch(line -> line.startsWith(entry))) {
					missing.add(entry.strip());
				}
			}
		}
		assertTrue(parts > 40, product + " has only " + parts + " parts");
		assertEquals(List.of(), missing);
	}

	@ParameterizedTest
	@ValueSource(strings = {"headstart", "headstart-workbench"})
	void everyTextOfALicenceIsThere(String product) throws IOException {
		Path home = home(product);
		assertTrue(Files.readString(home.resolve("LICENSE")).contains("Apache License\n                           Version 2.0"));
		List<String> named = LICENCE_TEXT.matcher(Files.readString(home.resolve("NOTICE"))).results().map(text -> text.group())
				.distinct().sorted().toList();
		List<String> there = list(home.resolve("licenses")).stream().map(text -> "licenses/" + text.getFileName()).toList();
		assertEquals(named, there);
	}

	/** Coordinates of what a jar of Maven holds: itself, and what was shaded into it. */
	private static List<String> coordinates(Path jar) throws IOException {
		List<String> coordinates = new ArrayList<>();
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
				if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
					Properties properties = new Properties();
					try (InputStream in = zip.getInputStream(entry)) {
						properties.load(in);
					}
					coordinates.add(properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":"
							+ properties.getProperty("version"));
				}
			}
		}
		assertTrue(!coordinates.isEmpty(), jar + " does not say what it is");
		return coordinates;
	}

	private static Path home(String product) {
		return Path.of(System.getProperty("headstart.products"), product, "linux", "gtk", "x86_64");
	}

	private static List<Path> list(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted().toList();
		}
	}
}
