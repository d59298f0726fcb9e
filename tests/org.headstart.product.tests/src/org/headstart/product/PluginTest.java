package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.headstart.product.HeadstartProcess.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's plug-ins in the product, and the documentation for their authors. */
class PluginTest {

	private static final Path ROOT = Path.of(System.getProperty("headstart.products")).resolve("../../../..").normalize();
	private static final Path EXAMPLES = ROOT.resolve("bundles/org.headstart.examples");

	@TempDir
	private Path folder;

	static Path examplesJar() throws Exception {
		try (Stream<Path> files = Files.list(EXAMPLES.resolve("target"))) {
			return files.filter(file -> file.getFileName().toString().matches("org\\.headstart\\.examples-.*\\.jar"))
					.filter(file -> !file.toString().contains("sources")).findFirst().orElseThrow();
		}
	}

	@Test
	void theExamplesOfTheDocumentationRun() throws Exception {
		Map<String, String> plugins = Map.of("HEADSTART_PLUGINS", examplesJar().toString());
		Outcome check = HeadstartProcess.run(folder, plugins, "list", "--check");
		assertEquals(0, check.code(), check::toString);
		for (String id : List.of("corridor", "wide", "hill-climb", "dqn", "forecast", "rehearsal", "widening", "sequential",
				"background")) {
			assertTrue(check.out().contains(id), check::toString);
		}
		Outcome run = HeadstartProcess.run(folder, plugins, "run", "corridor", "--set", "executor.id=sequential", "--set",
				"evaluation.trials=true");
		assertEquals(0, run.code(), run::toString);
		assertTrue(Files.readString(folder.resolve("results/corridor/report/report.html")).contains("trials.csv, artefacts/movement.csv"));
		Outcome again = HeadstartProcess.run(folder, plugins, "reproduce", "adapt rehearsal to corridor/test, seed 2");
		assertEquals(0, again.code(), again::toString);
		Outcome shown = HeadstartProcess.run(folder, "show", "adapt rehearsal to corridor/test, seed 2");
		assertEquals(0, shown.code(), shown::toString);
		assertTrue(shown.out()
				.matches("(?s)adapt rehearsal to corridor/test, seed 2\n  folder .*\n  agents +final\n  trials.csv +[1-9]\\d* judged"
						+ " trials\n  artefacts/movement.csv +table of [1-9]\\d* rows and 4 columns\n"),
				shown::toString);
		Outcome without = HeadstartProcess.run(folder, "list");
		assertEquals(0, without.code(), without::toString);
		assertTrue(!without.out().contains("corridor"), without::toString);
	}

	@Test
	void aBrokenPluginIsReportedAndTheRestWorks() throws Exception {
		Path jar = folder.resolve("lava.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
		manifest.getMainAttributes().putValue("Bundle-SymbolicName", "com.acme.lava;singleton:=true");
		manifest.getMainAttributes().putValue("Require-Bundle", "org.headstart.api");
		try (OutputStream out = Files.newOutputStream(jar); JarOutputStream zip = new JarOutputStream(out, manifest)) {
			zip.putNextEntry(new ZipEntry("plugin.xml"));
			zip.write("""
					<plugin><extension point="org.headstart.api.environments">
					<environment id="lava" name="Lava" description="Hot" class="com.acme.Lava" settings="com.acme.LavaSettings"/>
					<environment id="cart-pole" name="Mine" description="Better" class="com.acme.X" settings="com.acme.X"/>
					</extension></plugin>
					""".getBytes(StandardCharsets.UTF_8));
			zip.closeEntry();
		}
		Map<String, String> plugins = Map.of("HEADSTART_PLUGINS", folder.toString());
		Outcome list = HeadstartProcess.run(folder, plugins, "list");
		assertEquals(0, list.code(), list::toString);
		assertTrue(list.out().contains("point-goal"), list::toString);
		assertTrue(list.err().contains("com.acme.lava") && list.err().contains("cart-pole"), list::toString);
		Outcome check = HeadstartProcess.run(folder, plugins, "list", "--check");
		assertEquals(7, check.code(), check::toString);
		assertTrue(check.err().contains("bundle com.acme.lava, environment 'lava': class com.acme.Lava cannot be made"),
				check::toString);
		Outcome used = HeadstartProcess.run(folder, plugins, "describe", "lava");
		assertEquals(7, used.code(), used::toString);
		assertTrue(used.err().contains("com.acme.lava"), used::toString);
	}

	/** What the schemas and the guide show is what is compiled. */
	@Test
	void documentationShowsTheCompiledSource() throws Exception {
		String pluginXml = normal(Files.readString(EXAMPLES.resolve("plugin.xml")));
		for (String point : List.of("environments", "wrappers", "backbones", "learners", "losses", "strategies", "executors")) {
			Path file = ROOT.resolve("bundles/org.headstart.api/schema/" + point + ".exsd");
			String schema = unescaped(Files.readString(file));
			int extensions = 0;
			int classes = 0;
			for (String block : schema.split("<pre>")) {
				String code = normal(block.split("</pre>")[0]);
				if (code.startsWith("<extension")) {
					assertTrue(pluginXml.contains(code), () -> file + " shows an extension that the examples do not have:\n" + code);
					extensions++;
				} else if (code.startsWith("package ")) {
					assertTrue(isCompiled(code), () -> file + " shows code that the examples do not have:\n" + code);
					classes++;
				}
			}
			assertTrue(extensions > 0, () -> file + " shows no extension");
			assertTrue(classes > 0, () -> file + " shows no class");
		}
		Path guide = ROOT.resolve("docs/plugin-authors.md");
		int shown = 0;
		String[] blocks = Files.readString(guide).split("```");
		for (int i = 1; i < blocks.length; i += 2) {
			if (blocks[i].startsWith("java\npackage ")) {
				String code = normal(blocks[i].substring("java\n".length()));
				assertTrue(isCompiled(code), () -> guide + " shows code that the examples do not have:\n" + code);
				shown++;
			}
		}
		assertEquals(3, shown, () -> guide + " shows an environment's class and its test, and a strategy's");
	}

	private static boolean isCompiled(String code) throws Exception {
		Path tests = ROOT.resolve("tests/org.headstart.examples.tests/src");
		try (Stream<Path> files = Stream.concat(Files.walk(EXAMPLES.resolve("src")), Files.walk(tests))) {
			for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
				if (normal(Files.readString(file)).equals(code)) {
					return true;
				}
			}
		}
		return false;
	}

	private static String normal(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

	private static String unescaped(String text) {
		return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
	}
}
