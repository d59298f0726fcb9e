package org.headstart.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

import org.eclipse.core.runtime.RegistryFactory;
import org.headstart.api.strategy.Pretraining;
import org.headstart.engine.internal.catalog.Catalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** What makes a contribution's results stale, and what does not: two contributions of one bundle, and changes to its files. */
class ContributionCodeTest {

	private static final String LAVA = "lava";
	private static final String ICE = "ice";

	@TempDir
	Path folder;

	private final BundleContext context = FrameworkUtil.getBundle(RegistryCatalog.class).getBundleContext().getBundle(0)
			.getBundleContext();
	private final SortedMap<String, String> files = new TreeMap<>();
	private RegistryCatalog catalog;
	private int builds;

	@BeforeEach
	void open() {
		catalog = new RegistryCatalog(RegistryFactory.getRegistry(), context);
		files.put("plugin.xml", environment(LAVA, "Some words") + environment(ICE, "Some words"));
		source("com.acme.lava.LavaSettings", "public record LavaSettings(Mode mode) { public enum Mode { HOT } }");
		source("com.acme.lava.Lava", """
				public class Lava implements Runnable {
					interface Shape { int of(int x); }
					private final Shape shape = x -> x + com.acme.shared.Heat.LEVEL.length();
					@com.acme.shared.Marked public void run() {
						Object named;
						try { named = Class.forName("com.acme.named.Named"); } catch (Exception e) { named = null; }
						java.util.ServiceLoader.load(com.acme.shared.Service.class);
						com.acme.shared.Kind kind = new com.acme.shared.Kind.One();
						new Object() { int inner() { return 1; } }.inner();
					}
					String picked(String which) throws Exception { return Class.forName("com.acme.plugins." + which).getName(); }
				}""");
		source("com.acme.ice.IceSettings", "public record IceSettings() {}");
		source("com.acme.ice.Ice", """
				public class Ice {
					Object images = com.acme.digits.Digits.class.getResource("digits.bin");
					Object table = Ice.class.getResource("/tables/ice.csv");
				}""");
		source("com.acme.digits.Digits", "public class Digits {}");
		source("com.acme.shared.Heat", "public class Heat { public static final String LEVEL = String.valueOf(1); }");
		source("com.acme.shared.Service", "public interface Service {}");
		source("com.acme.shared.Marked", "public @interface Marked {}");
		source("com.acme.shared.Kind", "public sealed interface Kind { record One() implements Kind {} record Two() implements Kind {} }");
		source("com.acme.services.Served", "public class Served implements com.acme.shared.Service { int served; }");
		source("com.acme.named.Named", "public class Named { int named; }");
		source("com.acme.plugins.Plugin", "public class Plugin { int plugin; }");
		source("com.acme.unused.Unused", "public class Unused { int unused; }");
		files.put("META-INF/services/com.acme.shared.Service", "# comment\ncom.acme.services.Served\n");
		files.put("com/acme/digits/digits.bin", "digits");
		files.put("com/acme/digits/large/more.bin", "digits");
		files.put("com/acme/lava/lava.txt", "lava");
		files.put("tables/ice.csv", "ice");
		files.put("data/anything.bin", "data");
		files.put("docs/readme.txt", "docs");
		files.put("README.md", "docs");
		files.put("icons/lava.png", "icon");
		files.put("examples/lava.experiment.yaml", "headstart: 1");
	}

	@AfterEach
	void close() {
		catalog.close();
	}

	private void source(String name, String text) {
		files.put(name.replace('.', '/') + ".java", "package " + name.substring(0, name.lastIndexOf('.')) + ";\n" + text);
	}

	private static String environment(String id, String description) {
		String type = "com.acme." + id + "." + Character.toUpperCase(id.charAt(0)) + id.substring(1);
		return "<extension point=\"org.headstart.api.environments\"><environment id=\"" + id + "\" name=\"" + id + "\" description=\""
				+ description + "\" class=\"" + type + "\" settings=\"" + type + "Settings\"/></extension>";
	}

	private byte[] build(String version) throws Exception {
		Map<String, String> sources = new TreeMap<>();
		Map<String, byte[]> all = new TreeMap<>();
		files.forEach((path, text) -> {
			if (path.endsWith(".java")) {
				sources.put(path, text);
			} else if (!path.equals("plugin.xml")) {
				all.put(path, text.getBytes(StandardCharsets.UTF_8));
			}
		});
		all.putAll(CompiledSources.compile(sources, Files.createDirectories(folder.resolve(Integer.toString(builds++)))));
		return SyntheticBundle.jarOf("com.acme", files.get("plugin.xml"), all, version);
	}

	private SortedMap<String, String> versions(byte[] jar) throws Exception {
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", jar)) {
			SortedMap<String, String> versions = new TreeMap<>();
			for (String id : List.of(LAVA, ICE)) {
				versions.put(id, catalog.catalog().environments().get(id).codeVersion());
			}
			return versions;
		}
	}

	/** Which contributions have another version after a change. */
	private Set<String> stale(Consumer<Map<String, String>> change) throws Exception {
		SortedMap<String, String> before = versions(build("1.0.0"));
		change.accept(files);
		SortedMap<String, String> after = versions(build("1.0.0"));
		Set<String> stale = new TreeSet<>(after.keySet());
		stale.removeIf(id -> after.get(id).equals(before.get(id)));
		return stale;
	}

	@ParameterizedTest
	@CsvSource({"lava/Lava, lava", "lava/LavaSettings, lava", "ice/Ice, ice", "ice/IceSettings, ice", "digits/Digits, ice",
			"shared/Heat, lava", "shared/Marked, lava", "shared/Service, lava", "shared/Kind, lava", "services/Served, lava",
			"named/Named, lava", "plugins/Plugin, lava", "unused/Unused,"})
	void aChangedClassMakesThoseStaleThatReachIt(String changed, String id) throws Exception {
		String path = "com/acme/" + changed + ".java";
		// a line more changes the line numbers, a field or nested type the rest
		assertEquals(id == null ? Set.of() : Set.of(id), stale(all -> all.compute(path,
				(key, text) -> text.substring(0, text.lastIndexOf('}')) + " enum Added { ONE } }")));
	}

	@ParameterizedTest
	@CsvSource({"com/acme/digits/digits.bin, ice", "com/acme/digits/large/more.bin, ice", "com/acme/lava/lava.txt, lava",
			"tables/ice.csv, ice", "docs/readme.txt,", "README.md,", "icons/lava.png,", "examples/lava.experiment.yaml,"})
	void aChangedResourceMakesThoseStaleThatMayReadIt(String changed, String id) throws Exception {
		assertEquals(id == null ? Set.of() : Set.of(id), stale(all -> all.put(changed, "changed")));
	}

	@Test
	void aResourceThatNobodyNamesMakesEveryoneStale() throws Exception {
		assertEquals(Set.of(LAVA, ICE), stale(all -> all.put("data/anything.bin", "changed")));
	}

	@Test
	void aDocumentThatAClassNamesIsAResource() throws Exception {
		source("com.acme.digits.Digits", "public class Digits { String data = \"docs/readme.txt\"; }");
		assertEquals(Set.of(ICE), stale(all -> all.put("docs/readme.txt", "changed")));
	}

	@Test
	void plainBuildsOfOneTextAreEqual() throws Exception {
		assertEquals(Set.of(), stale(all -> {}));
	}

	@Test
	void aNeighbourInPluginXmlAndWordsForPeopleChangeNothing() throws Exception {
		assertEquals(Set.of(), stale(all -> all.put("plugin.xml", environment(ICE, "Other words") + environment("lava", "Other words")
				+ environment("water", "Some words"))));
	}

	@Test
	void anotherSettingsRecordMakesItsOwnContributionStale() throws Exception {
		assertEquals(Set.of(LAVA), stale(all -> all.compute("plugin.xml",
				(key, text) -> text.replace("com.acme.lava.LavaSettings", "com.acme.ice.IceSettings"))));
	}

	@Test
	void theBundlesVersionCoversWhatCannotBeSeen() throws Exception {
		SortedMap<String, String> first = versions(build("1.0.0"));
		SortedMap<String, String> second = versions(build("2.0.0"));
		assertTrue(first.get(LAVA).startsWith("1.0.0-") && second.get(LAVA).startsWith("2.0.0-"), second::toString);
	}

	@Test
	void aNestedJarIsReachedAsAWhole() throws Exception {
		assertEquals(Set.of(LAVA), staleWithLibrary("one", "two"));
		assertEquals(Set.of(), staleWithLibrary("one", "one"));
	}

	private Set<String> staleWithLibrary(String before, String after) throws Exception {
		source("com.acme.lava.Lava", "public class Lava { com.acme.library.Library library; }");
		SortedMap<String, String> first = versions(buildWithLibrary(before));
		SortedMap<String, String> second = versions(buildWithLibrary(after));
		Set<String> stale = new TreeSet<>(first.keySet());
		stale.removeIf(id -> first.get(id).equals(second.get(id)));
		return stale;
	}

	/** The library's class stands in a jar of its own, the others where they always are. */
	private byte[] buildWithLibrary(String text) throws Exception {
		files.put("com/acme/library/Library.java",
				"package com.acme.library; public class Library { String text = \"" + text + "\"; }");
		Map<String, String> sources = new TreeMap<>(files);
		sources.keySet().removeIf(path -> !path.endsWith(".java"));
		Map<String, byte[]> classes = CompiledSources.compile(sources, Files.createDirectories(folder.resolve("library" + builds++)));
		ByteArrayOutputStream library = new ByteArrayOutputStream();
		try (JarOutputStream jar = new JarOutputStream(library)) {
			ZipEntry entry = new ZipEntry("com/acme/library/Library.class");
			entry.setTime(0);
			jar.putNextEntry(entry);
			jar.write(classes.remove("com/acme/library/Library.class"));
		}
		classes.put("lib/library.jar", library.toByteArray());
		return SyntheticBundle.jarOf("com.acme", files.get("plugin.xml"), classes, "1.0.0",
				Map.of("Bundle-ClassPath", ".,lib/library.jar"));
	}

	@Test
	void codeThatCannotBeReadIsNamed() throws Exception {
		byte[] jar = SyntheticBundle.jar("com.acme", files.get("plugin.xml"),
				Map.of("com/acme/lava/Lava.class", "no class file", "com/acme/ice/Ice.class", "no class file"), "1.0.0");
		String message = assertThrows(UncheckedIOException.class, () -> versions(jar)).getMessage();
		assertEquals("bundle com.acme: com/acme/lava/Lava.class cannot be read, so its code cannot be identified", message);
	}

	@Test
	void whatIsSharedByStrategiesHasItsOwnCode() {
		var strategies = catalog.catalog().strategies();
		assertNotEquals(strategies.get("fine-tune").codeVersion(), strategies.get("scratch").codeVersion());
		assertEquals(strategies.get("fine-tune").codeVersion(Set.of(Pretraining.class)),
				strategies.get("scratch").codeVersion(Set.of(Pretraining.class)));
		assertNotEquals(strategies.get("fine-tune").codeVersion(Set.of(Pretraining.class)),
				strategies.get("fine-tune").codeVersion(Set.of(strategies.get("rl2").instance().get().getClass())));
	}

	/** The shipped bundles: what each contribution reaches lies in its own bundle, and no strategy reaches another one. */
	@Test
	void shippedContributionsReachOnlyTheirOwn() {
		List<String> scratch = reached("strategies", "org.headstart.strategies.Scratch", "org.headstart.api.settings.NoSettings");
		assertEquals(List.of("org.headstart.strategies org/headstart/strategies/Scratch.class"), scratch);
		List<String> maml = reached("strategies", "org.headstart.strategies.maml.Maml", "org.headstart.strategies.maml.MamlSettings");
		assertTrue(maml.contains("org.headstart.strategies org/headstart/strategies/maml/PolicyGradient.class"), maml::toString);
		assertFalse(maml.contains("org.headstart.strategies org/headstart/strategies/Rl2.class"), maml::toString);
		Catalog all = catalog.catalog();
		assertFalse(all.codeVersions().containsKey("org.headstart.analysis"));
		assertFalse(all.codeVersions().containsKey("org.headstart.report"));
	}

	private List<String> reached(String bundle, String... classes) {
		Bundle found = Arrays.stream(context.getBundles()).filter(each -> each.getSymbolicName().equals("org.headstart." + bundle))
				.findFirst().orElseThrow();
		return new ContributionCode(List.of("org.headstart.api", "org.headstart.engine", "org.headstart.lib.dl4j", "org.headstart.nn"))
				.reached(found, List.of(classes));
	}
}
