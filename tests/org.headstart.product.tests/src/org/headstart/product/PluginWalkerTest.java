package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every class of Headstart's own that a plugin.xml of a product names is in one of its bundles. */
class PluginWalkerTest {

	private static final List<String> CLASS_ATTRIBUTES = List.of("class", "settings", "contributorClass");

	@ParameterizedTest
	@ValueSource(strings = {"headstart", "headstart-workbench"})
	void everyClassThatIsNamedIsThere(String product) throws Exception {
		Path plugins = Path.of(System.getProperty("headstart.products"), product, "linux", "gtk", "x86_64", "plugins");
		List<Path> jars;
		try (Stream<Path> files = Files.list(plugins)) {
			jars = files.filter(file -> file.getFileName().toString().matches("org\\.headstart\\..*\\.jar")).toList();
		}
		Set<String> classes = new HashSet<>();
		List<String> named = new ArrayList<>();
		for (Path jar : jars) {
			try (JarFile bundle = new JarFile(jar.toFile())) {
				bundle.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class"))
						.forEach(name -> classes.add(name.replace('/', '.').replaceFirst("\\.class$", "")));
				ZipEntry pluginXml = bundle.getEntry("plugin.xml");
				if (pluginXml != null) {
					try (InputStream in = bundle.getInputStream(pluginXml)) {
						NodeList elements = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in)
								.getElementsByTagName("*");
						for (int i = 0; i < elements.getLength(); i++) {
							for (String attribute : CLASS_ATTRIBUTES) {
								// what stands behind a colon is data for the class
								String name = ((Element) elements.item(i)).getAttribute(attribute).split(":")[0];
								if (name.startsWith("org.headstart.")) {
									named.add(name);
								}
							}
						}
					}
				}
			}
		}
		assertTrue(named.size() > 10, named::toString);
		assertEquals(List.of(), named.stream().filter(name -> !classes.contains(name)).toList());
	}
}
