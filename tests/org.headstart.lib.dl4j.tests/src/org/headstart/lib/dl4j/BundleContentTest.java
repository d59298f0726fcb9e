package org.headstart.lib.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** The manifest's two long lists are written by hand (see the bundle's README): the jars must have what they name. */
class BundleContentTest {

	private static final Pattern DESCRIPTIONS = Pattern.compile("org\\.deeplearning4j\\.nn\\.(conf(?!\\.module).*|weights.*)"
			+ "|org\\.nd4j\\.linalg\\.(activations.*|lossfunctions.*|learning\\.config|schedule)");

	private final Bundle bundle = FrameworkUtil.getBundle(Nd4jStartup.class);

	@Test
	void classPathNamesEveryJar() {
		SortedSet<String> jars = new TreeSet<>();
		jars().forEach(jar -> jars.add(jar.getPath().substring(1)));
		SortedSet<String> named = header(Constants.BUNDLE_CLASSPATH);
		named.remove(".");
		assertEquals(String.join("\n", jars), String.join("\n", named));
	}

	@Test
	void exportedPackagesExist() throws IOException {
		SortedSet<String> packages = packages();
		packages.add(Nd4jStartup.class.getPackageName());
		SortedSet<String> missing = header(Constants.EXPORT_PACKAGE);
		missing.removeAll(packages);
		assertEquals(Set.of(), missing, "packages that are exported and that no jar has");
	}

	/** What a graph's description may name; what reads and writes JSON below it is DL4J's own. */
	@Test
	void whatDescribesNetworksIsExported() throws IOException {
		SortedSet<String> described = new TreeSet<>();
		for (String name : packages()) {
			if (DESCRIPTIONS.matcher(name).matches() && !name.contains(".serde")) {
				described.add(name);
			}
		}
		assertTrue(described.contains("org.deeplearning4j.nn.conf.layers"), described::toString);
		described.removeAll(header(Constants.EXPORT_PACKAGE));
		assertEquals(Set.of(), described, "packages that describe networks and are not exported");
	}

	private SortedSet<String> packages() throws IOException {
		SortedSet<String> packages = new TreeSet<>();
		for (URL jar : jars()) {
			try (ZipInputStream entries = new ZipInputStream(jar.openStream())) {
				for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
					String name = entry.getName();
					if (name.endsWith(".class") && name.startsWith("org/")) {
						packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.'));
					}
				}
			}
		}
		return packages;
	}

	/** The host's jars; the natives are listed by the platform's fragment. */
	private List<URL> jars() {
		List<URL> jars = new ArrayList<>();
		bundle.getEntryPaths("lib").asIterator().forEachRemaining(path -> jars.add(bundle.getEntry(path)));
		return jars;
	}

	/** The values without their attributes. */
	private SortedSet<String> header(String name) {
		SortedSet<String> values = new TreeSet<>();
		for (String value : bundle.getHeaders().get(name).replaceAll("\"[^\"]*\"", "").split(",")) {
			values.add(value.split(";")[0].strip());
		}
		return values;
	}
}
