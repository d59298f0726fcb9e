package org.headstart.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarInputStream;

import org.headstart.engine.internal.catalog.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

class PluginFoldersTest {

	@TempDir
	private Path folder;

	private final BundleContext context = FrameworkUtil.getBundle(PluginFolders.class).getBundleContext().getBundle(0)
			.getBundleContext();

	@AfterEach
	void uninstallAll() {
		new PluginFolders(context, List.of());
	}

	private Optional<Bundle> installed(String name) {
		return Arrays.stream(context.getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName())).findFirst();
	}

	@Test
	void bundlesAreInstalledUpdatedAndUninstalledAsTheirFilesAre() throws Exception {
		Path file = folder.resolve("acme and more.jar");
		Files.write(file, SyntheticBundle.jar("com.acme.folder", "", Map.of(), "1.0.0"));
		assertEquals(List.of(), new PluginFolders(context, List.of(folder)).problems());
		assertEquals("1.0.0", installed("com.acme.folder").orElseThrow().getVersion().toString());
		assertEquals(Bundle.RESOLVED, installed("com.acme.folder").orElseThrow().getState());

		Files.write(file, SyntheticBundle.jar("com.acme.folder", "", Map.of(), "1.1.0"));
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
		assertEquals(List.of(), new PluginFolders(context, List.of(folder)).problems());
		assertEquals("1.1.0", installed("com.acme.folder").orElseThrow().getVersion().toString());

		Files.delete(file);
		assertEquals(List.of(), new PluginFolders(context, List.of(folder)).problems());
		assertTrue(installed("com.acme.folder").isEmpty());
	}

	@Test
	void aSingleBundleCanBeNamed() throws Exception {
		Path file = folder.resolve("acme.jar");
		Files.write(file, SyntheticBundle.jar("com.acme.single", "", Map.of(), "1.0.0"));
		assertEquals(List.of(), new PluginFolders(context, List.of(file)).problems());
		assertTrue(installed("com.acme.single").isPresent());
	}

	@Test
	void whatCannotBeInstalledIsReportedAndTheRestWorks() throws Exception {
		Files.write(folder.resolve("good.jar"), SyntheticBundle.jar("com.acme.good", "", Map.of(), "1.0.0"));
		Files.writeString(folder.resolve("no-bundle.jar"), "this is not a jar");
		Path missing = folder.resolve("missing");
		List<String> problems = new PluginFolders(context, List.of(folder, missing)).problems().stream().map(Problem::message).toList();
		assertEquals(2, problems.size(), problems::toString);
		assertTrue(problems.stream().anyMatch(problem -> problem.contains("no-bundle.jar")), problems::toString);
		assertTrue(problems.stream().anyMatch(problem -> problem.contains(missing.toString())), problems::toString);
		assertTrue(installed("com.acme.good").isPresent());
		assertFalse(installed("com.acme.bad").isPresent());
	}

	@Test
	void whatContributesNothingOrNeedsAnotherJavaIsReported() throws Exception {
		bundle("com.acme.empty", "");
		bundle("com.acme.library", "Export-Package: com.acme.library\n");
		bundle("com.acme.user", "Require-Bundle: com.acme.library\nExport-Package: com.acme.user\n");
		bundle("com.acme.future", "Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"\n");
		bundle("com.acme.lacking", "Import-Package: com.acme.physics\n");
		List<Problem> problems = new PluginFolders(context, List.of(folder)).problems();
		assertEquals(List.of("com.acme.empty", "com.acme.future", "com.acme.lacking", "com.acme.user"),
				problems.stream().map(Problem::bundle).sorted().toList(), problems::toString);
		assertProblem(problems, "com.acme.empty", "it has no plugin.xml");
		assertProblem(problems, "com.acme.user", "it has no plugin.xml");
		assertProblem(problems, "com.acme.future", "it needs Java 99, and this is Java " + Runtime.version().feature());
		assertProblem(problems, "com.acme.lacking", "com.acme.physics");
	}

	private static void assertProblem(List<Problem> problems, String bundle, String text) {
		assertTrue(problems.stream().anyMatch(problem -> problem.bundle().equals(bundle) && problem.message().contains(bundle)
				&& problem.message().contains(text)), problems::toString);
	}

	/** A bundle without plugin.xml. */
	private void bundle(String name, String headers) throws Exception {
		Path manifest = Files.createDirectories(folder.resolve(name + "/META-INF")).resolve("MANIFEST.MF");
		Files.writeString(manifest, "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + name
				+ "\nBundle-Version: 1.0.0\n" + headers);
	}

	@Test
	void aDescriptionThatTheRegistryPassesOverIsReported() throws Exception {
		Files.write(folder.resolve("cut.jar"), SyntheticBundle.jar("com.acme.cut", "<extension>", Map.of(), "1.0.0"));
		byte[] jar = SyntheticBundle.jar("com.acme.many", "", Map.of(), "1.0.0");
		Path many = Files.createDirectories(folder.resolve("many"));
		try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
			in.getManifest().getMainAttributes().putValue("Bundle-SymbolicName", "com.acme.many");
			Files.createDirectories(many.resolve("META-INF"));
			try (OutputStream out = Files.newOutputStream(many.resolve("META-INF/MANIFEST.MF"))) {
				in.getManifest().write(out);
			}
			Files.writeString(many.resolve("plugin.xml"), "<plugin></plugin>");
		}
		List<String> problems = new PluginFolders(context, List.of(folder)).problems().stream().map(Problem::message).toList();
		assertEquals(2, problems.size(), problems::toString);
		assertTrue(problems.get(0).contains("com.acme.cut") && problems.get(0).contains("line 2"), problems::toString);
		assertTrue(problems.get(1).contains("com.acme.many;singleton:=true"), problems::toString);
	}
}
