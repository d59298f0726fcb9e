package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The launch configurations for Eclipse name bundles, products and applications that exist, and the JVM arguments of the script. */
class LaunchConfigurationsTest {

	private static final Path ROOT = Path.of(System.getProperty("headstart.products")).resolve("../../../..").normalize();

	@TestFactory
	Stream<DynamicTest> namesOnlyWhatExists() throws IOException {
		List<Path> launches;
		try (Stream<Path> files = Files.list(ROOT.resolve("releng/launch"))) {
			launches = files.filter(file -> file.toString().endsWith(".launch")).sorted().toList();
		}
		assertEquals(3, launches.size(), launches::toString);
		return launches.stream().map(launch -> DynamicTest.dynamicTest(launch.getFileName().toString(), () -> check(launch)));
	}

	private static void check(Path launch) throws Exception {
		Map<String, String> attributes = new TreeMap<>();
		List<String> workspaceBundles = new ArrayList<>();
		List<String> targetBundles = new ArrayList<>();
		NodeList elements = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(launch.toFile())
				.getElementsByTagName("*");
		for (int i = 0; i < elements.getLength(); i++) {
			Element element = (Element) elements.item(i);
			if (element.getTagName().equals("setEntry")) {
				String set = ((Element) element.getParentNode()).getAttribute("key");
				String bundle = element.getAttribute("value").split("@")[0];
				(set.equals("selected_workspace_bundles") ? workspaceBundles : targetBundles).add(bundle);
			} else {
				attributes.put(element.getAttribute("key"), element.getAttribute("value"));
			}
		}
		String arguments = attributes.get("org.eclipse.jdt.launching.VM_ARGUMENTS");
		String script = Files.readString(ROOT.resolve("headstart"));
		List<String> unknownArguments = Stream.of(arguments.split(" (?=-)")).filter(argument -> argument.startsWith("--"))
				.filter(argument -> !script.contains(argument)).toList();
		Set<String> target = targetNames();
		assertAll(() -> assertFalse(workspaceBundles.isEmpty()),
				() -> assertEquals(List.of(), workspaceBundles.stream().filter(bundle -> !isInWorkspace(bundle)).toList()),
				() -> assertEquals(List.of(), targetBundles.stream().filter(bundle -> !target.contains(bundle)).toList()),
				() -> assertTrue(arguments.contains("--enable-native-access=ALL-UNNAMED"), arguments),
				() -> assertEquals(List.of(), unknownArguments));
		if ("true".equals(attributes.get("useProduct"))) {
			assertTrue(isDeclared(attributes.get("product")), attributes.get("product"));
		} else if (attributes.containsKey("org.eclipse.jdt.launching.PROJECT_ATTR")) {
			assertTrue(isInWorkspace(attributes.get("org.eclipse.jdt.launching.PROJECT_ATTR")));
		} else {
			assertTrue(isDeclared(attributes.get("application")), attributes.get("application"));
		}
	}

	private static boolean isInWorkspace(String bundle) {
		return Stream.of("bundles", "tests").anyMatch(folder -> Files.exists(ROOT.resolve(folder).resolve(bundle).resolve("pom.xml")));
	}

	/** Whether the bundle of a qualified id declares a product or an application of that name. */
	private static boolean isDeclared(String id) throws IOException {
		int dot = id.lastIndexOf('.');
		Path plugin = ROOT.resolve("bundles").resolve(id.substring(0, dot)).resolve("plugin.xml");
		return Files.exists(plugin) && Files.readString(plugin)
				.matches("(?s).*<extension\\s[^>]*id=\"" + id.substring(dot + 1) + "\"[^>]*core\\.runtime\\.(products|applications)\".*");
	}

	/** Symbolic names of the target's bundles: what both products hold, and what the tests' launch needs beside it. */
	private static Set<String> targetNames() throws IOException {
		Set<String> names = new HashSet<>();
		Path plugins = Path.of(System.getProperty("headstart.products"), "headstart-workbench", "linux", "gtk", "x86_64", "plugins");
		try (Stream<Path> files = Files.list(plugins)) {
			files.forEach(file -> names.add(file.getFileName().toString().split("_\\d+\\.")[0]));
		}
		Files.readAllLines(ROOT.resolve("targets/headstart.target")).stream().filter(line -> line.contains("<artifactId>"))
				.forEach(line -> names.add(line.replaceAll(".*<artifactId>(.*)</artifactId>.*", "$1")));
		// JUnit's bundles have the names of their artifacts; opentest4j has its group's.
		names.add("org.opentest4j");
		return names;
	}
}
