package org.headstart.lib.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** The manifest's two long lists are written by hand (see the bundle's README), so they must match the jars. */
class BundleContentTest {

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
	void everyPackageOfDl4jNd4jAndJavacppIsExported() throws IOException {
		SortedSet<String> packages = new TreeSet<>();
		packages.add(Nd4jStartup.class.getPackageName());
		for (URL jar : jars()) {
			try (ZipInputStream entries = new ZipInputStream(jar.openStream())) {
				for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
					String name = entry.getName();
					if (name.endsWith(".class") && Stream.of("org/nd4j/", "org/deeplearning4j/", "org/bytedeco/")
							.anyMatch(name::startsWith) && !name.startsWith("org/nd4j/shade/")) {
						packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.'));
					}
				}
			}
		}
		assertEquals(String.join("\n", packages), String.join("\n", header(Constants.EXPORT_PACKAGE)));
	}

	/** The host's jars; the natives are listed by the platform's fragment. */
	private List<URL> jars() {
		List<URL> jars = new ArrayList<>();
		bundle.getEntryPaths("lib").asIterator().forEachRemaining(path -> jars.add(bundle.getEntry(path)));
		return jars;
	}

	/** Both lists are plain, without attributes. */
	private SortedSet<String> header(String name) {
		SortedSet<String> values = new TreeSet<>();
		for (String value : bundle.getHeaders().get(name).split(",")) {
			values.add(value.strip());
		}
		return values;
	}
}
