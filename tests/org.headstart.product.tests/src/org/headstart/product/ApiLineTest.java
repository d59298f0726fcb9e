package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.headstart.product.BundleSources.Clause;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The line between what is API and what is not, as docs/api-policy.md draws it, read from the MANIFESTs and sources of the checkout.
 * The compiler refuses what a MANIFEST does not allow; here it is asked whether the MANIFESTs allow no more than is meant and needed.
 */
class ApiLineTest {

	private static final String DL4J = "org.headstart.lib.dl4j";

	private static final String EXAMPLES = "org.headstart.examples";

	private static final List<String> SHIPPED = List.of("org.headstart.backbones", "org.headstart.learners",
			"org.headstart.strategies", "org.headstart.wrappers", "org.headstart.environments.bandits",
			"org.headstart.environments.classic", "org.headstart.environments.maze", "org.headstart.environments.optimization",
			"org.headstart.environments.point");

	/** Leaves: they stand on the API alone, and nothing of theirs is API. */
	private static final List<String> CONTRIBUTIONS = Stream.concat(SHIPPED.stream(), Stream.of(EXAMPLES)).toList();

	/** A bundle requires bundles of earlier layers only, and of contributions none. */
	private static final List<List<String>> LAYERS = List.of(List.of(DL4J, "org.headstart.lib.dl4j.linux.x86_64"),
			List.of("org.headstart.api"), List.of("org.headstart.nn"), SHIPPED, List.of("org.headstart.engine"),
			List.of("org.headstart.analysis", "org.headstart.testkit"), List.of(EXAMPLES, "org.headstart.report", "org.headstart.runtime"),
			List.of("org.headstart.cli", "org.headstart.workbench"), List.of("org.headstart.workbench.charts"));

	/** The bundles that describe networks, in DL4J's language. */
	private static final Set<String> SEE_DL4J = Set.of("org.headstart.api", "org.headstart.nn", "org.headstart.backbones",
			"org.headstart.environments.optimization", "org.headstart.examples", "org.headstart.testkit");

	private static final Pattern API = Pattern.compile("org\\.headstart\\.(?:api\\..+|nn|nn\\.optimizer|testkit"
			+ "|analysis|analysis\\.(?:chart|figure|result|section))");

	/** Requirements whose re-export is a part of a bundle's own API: who tests with the kit needs both. */
	private static final Map<String, Set<String>> REEXPORTED = Map.of("org.headstart.testkit",
			Set.of("org.headstart.api", "junit-jupiter-api"));

	/** Requirements that no import shows. */
	private static final Map<String, String> NEEDED_UNSEEN = Map.ofEntries(
			Map.entry("org.eclipse.e4.ui.css.swt.theme", "the workbench's plugin.xml extends it"),
			Map.entry("org.eclipse.ui.themes", "the workbench's style sheets change its themes"),
			Map.entry("org.eclipse.ui.ide.application", "it is the workbench's application"),
			Map.entry("org.apache.batik.awt.util", "Batik's SVG needs it, and no Batik bundle says so"),
			Map.entry("org.apache.batik.util", "Batik's SVG needs it, and no Batik bundle says so"),
			Map.entry("org.apache.batik.constants", "Batik's SVG needs it, and no Batik bundle says so"),
			Map.entry("org.apache.batik.i18n", "Batik's SVG needs it, and no Batik bundle says so"),
			Map.entry("org.apache.xmlgraphics", "Batik's SVG needs it, and no Batik bundle says so"),
			Map.entry("org.opentest4j", "JUnit's assumptions and assertions throw its exceptions"));

	/** Packages by which the use of another project's bundle shows, where they do not begin with the bundle's name. */
	private static final Map<String, String> PACKAGES_OF = Map.ofEntries(
			Map.entry("junit-jupiter-api", "org.junit.jupiter.api"), Map.entry("junit-jupiter-params", "org.junit.jupiter.params"),
			Map.entry("org.jfree.jfreechart", "org.jfree.chart"), Map.entry("org.eclipse.equinox.common", "org.eclipse.core.runtime"),
			Map.entry("org.eclipse.equinox.registry", "org.eclipse.core.runtime"),
			Map.entry("org.eclipse.ui.editors", "org.eclipse.ui.editors"), Map.entry("org.eclipse.ui.ide", "org.eclipse.ui.ide"),
			Map.entry("org.eclipse.ui.workbench.texteditor", "org.eclipse.ui.texteditor"),
			Map.entry("org.eclipse.e4.ui.model.workbench", "org.eclipse.e4.ui.model"));

	/** Uses of a package by a bundle that call methods on what another method gives, and name no type of it. */
	private static final Map<String, Set<String>> USED_UNNAMED = Map.of("org.headstart.workbench.tests",
			Set.of("org.headstart.engine.internal.catalog"), "org.headstart.engine.tests", Set.of("org.headstart.nn.internal.state"),
			"org.headstart.report", Set.of("org.headstart.api.environment"));

	private static final Pattern RANGE = Pattern.compile("\\[(\\d+)\\.\\d+\\.\\d+,(\\d+)\\.0\\.0\\)");

	private static Map<String, BundleSources> bundles;

	@BeforeAll
	static void readAll() throws IOException {
		bundles = BundleSources.all();
		assertTrue(bundles.size() > 30, () -> "only " + bundles.keySet());
	}

	@Test
	void everyExportedPackageIsApiOrForFriends() {
		List<String> problems = new ArrayList<>();
		for (BundleSources bundle : bundles.values()) {
			for (Clause exported : bundle.exports()) {
				String what = bundle.name() + " exports " + exported.name();
				boolean library = bundle.name().equals(DL4J) && !exported.name().startsWith("org.headstart.");
				if (library || API.matcher(exported.name()).matches()) {
					if (!exported.parameters().containsKey("version") || exported.parameters().containsKey("x-friends")) {
						problems.add(what + ", which is API: give it ;version=\"…\" and no friends");
					}
				} else if (exported.friends().isEmpty()) {
					problems.add(what + ", which is not API: give it ;x-friends:=\"…\", or do not export it");
				} else if (exported.parameters().containsKey("version")) {
					problems.add(what + " with a version, which promises something: it is not API");
				}
			}
			for (String name : bundle.packages()) {
				if (!bundle.isTest() && API.matcher(name).matches()
						&& bundle.exports().stream().noneMatch(exported -> exported.name().equals(name))) {
					problems.add(bundle.name() + " does not export " + name + ", which is API");
				}
			}
		}
		assertNone(problems);
	}

	@Test
	void everyApiPackageHasAPage() throws IOException {
		List<String> problems = new ArrayList<>();
		for (BundleSources bundle : bundles.values()) {
			for (Clause exported : bundle.exports()) {
				if (API.matcher(exported.name()).matches()) {
					Path page = bundle.folder().resolve("src").resolve(exported.name().replace('.', '/')).resolve("package-info.java");
					if (!Files.exists(page) || !Files.readString(page).contains("/**")) {
						problems.add(exported.name() + " is API: say in a package-info.java what is in it");
					}
				}
			}
		}
		assertNone(problems);
	}

	/** A fragment's uses need its host among the friends for the build, and the fragment itself for the IDE. */
	@Test
	void friendsAreThoseThatUseAPackage() {
		List<String> problems = new ArrayList<>();
		for (BundleSources bundle : bundles.values()) {
			for (Clause exported : bundle.exports()) {
				Set<String> friends = exported.friends();
				if (friends.isEmpty()) {
					continue;
				}
				Set<String> users = new TreeSet<>();
				for (BundleSources user : bundles.values()) {
					if (uses(user, exported.name()) && !user.name().equals(bundle.name())
							&& !user.host().equals(Optional.of(bundle.name())) && !user.packages().contains(exported.name())) {
						users.add(user.name());
						user.host().ifPresent(users::add);
					}
				}
				for (String friend : friends) {
					if (!bundles.containsKey(friend)) {
						problems.add(bundle.name() + " has the friend " + friend + " for " + exported.name() + ", which does not exist");
					} else if (!users.contains(friend)) {
						problems.add(bundle.name() + " has the friend " + friend + " for " + exported.name() + ", which does not use it");
					}
				}
				users.removeAll(friends);
				for (String user : users) {
					problems.add(user + " uses " + exported.name() + " of " + bundle.name() + " and is not among its friends");
				}
			}
		}
		assertNone(problems);
	}

	/** As a third party's bundle would. What their tests use is another matter. */
	@Test
	void contributionsUseTheApiAlone() {
		List<String> problems = new ArrayList<>();
		for (String name : CONTRIBUTIONS) {
			for (BundleSources other : bundles.values()) {
				for (Clause exported : other.exports()) {
					if (!exported.friends().isEmpty() && !other.name().equals(name) && uses(bundles.get(name), exported.name())) {
						problems.add(name + " uses " + exported.name() + ", which is not API");
					}
				}
			}
		}
		assertNone(problems);
	}

	@Test
	void everyRequirementHasARange() {
		List<String> problems = new ArrayList<>();
		for (BundleSources bundle : bundles.values()) {
			for (Clause required : bundle.requires()) {
				String range = required.parameters().getOrDefault("bundle-version", "");
				if (required.name().startsWith("org.headstart.") ? !range.equals("[1.0.0,2.0.0)") : !isToNextMajor(range)) {
					problems.add(bundle.name() + " requires " + required.name() + ": give it ;bundle-version=\"[LEAST,NEXT MAJOR)\"");
				}
			}
			for (Clause imported : bundle.imports()) {
				if (imported.name().matches("org\\.(?:osgi|opentest4j).*")
						&& !isToNextMajor(imported.parameters().getOrDefault("version", ""))) {
					problems.add(bundle.name() + " imports " + imported.name() + ": give it ;version=\"[LEAST,NEXT MAJOR)\"");
				}
			}
		}
		assertNone(problems);
	}

	private static boolean isToNextMajor(String range) {
		Matcher matcher = RANGE.matcher(range);
		return matcher.matches() && Integer.parseInt(matcher.group(2)) == Integer.parseInt(matcher.group(1)) + 1;
	}

	@Test
	void everyRequirementIsUsed() {
		List<String> problems = new ArrayList<>();
		for (BundleSources bundle : bundles.values()) {
			for (Clause required : bundle.requires()) {
				BundleSources other = bundles.get(required.name());
				boolean used = other == null ? usesOther(bundle, required.name())
						// Tests run with contributions that they do not name.
						: bundle.isTest() && CONTRIBUTIONS.contains(required.name()) || required.reexported()
								|| other.exports().stream().anyMatch(exported -> uses(bundle, exported.name()))
								|| bundle.isTest() && bundle.resources().isEmpty() && other.resources().contains("<extension ");
				if (!used) {
					problems.add(bundle.name() + " requires " + required.name() + " and uses nothing of it");
				}
			}
			for (Clause imported : bundle.imports()) {
				if (!uses(bundle, imported.name()) && !NEEDED_UNSEEN.containsKey(imported.name())) {
					problems.add(bundle.name() + " imports " + imported.name() + " and uses nothing of it");
				}
			}
		}
		assertNone(problems);
	}

	private static boolean usesOther(BundleSources bundle, String name) {
		String prefix = PACKAGES_OF.getOrDefault(name, name);
		return NEEDED_UNSEEN.containsKey(name)
				|| bundle.used().stream().anyMatch(use -> use.equals(prefix) || use.startsWith(prefix + '.'));
	}

	@Test
	void onlyTheTestKitReexports() {
		List<String> problems = new ArrayList<>();
		for (BundleSources bundle : bundles.values()) {
			for (Clause required : bundle.requires()) {
				if (required.reexported() && !REEXPORTED.getOrDefault(bundle.name(), Set.of()).contains(required.name())) {
					problems.add(bundle.name() + " re-exports " + required.name() + ": who uses it requires it itself");
				}
			}
		}
		assertNone(problems);
	}

	@Test
	void onlyWhatDescribesNetworksSeesDl4j() {
		List<String> problems = new ArrayList<>();
		for (BundleSources bundle : bundles.values()) {
			if (!bundle.isTest() && bundle.requirement(DL4J).isPresent() && !SEE_DL4J.contains(bundle.name())) {
				problems.add(bundle.name() + " requires " + DL4J + ": describe networks with org.headstart.api.backbone.Layers, or in "
						+ SEE_DL4J);
			}
		}
		assertNone(problems);
	}

	@Test
	void bundlesRequireEarlierLayersOnly() {
		List<String> problems = new ArrayList<>();
		for (BundleSources bundle : bundles.values()) {
			if (bundle.isTest()) {
				continue;
			}
			int layer = layer(bundle.name());
			if (layer < 0) {
				problems.add(bundle.name() + " stands in no layer of this test");
			}
			for (Clause required : bundle.requires()) {
				if (!required.name().startsWith("org.headstart.")) {
					continue;
				}
				if (layer(required.name()) >= layer) {
					problems.add(bundle.name() + " requires " + required.name() + ", which does not stand above it");
				}
				if (CONTRIBUTIONS.contains(required.name())) {
					problems.add(bundle.name() + " requires the contribution " + required.name() + ": no bundle knows one");
				}
			}
		}
		assertNone(problems);
	}

	private static int layer(String name) {
		for (int i = 0; i < LAYERS.size(); i++) {
			if (LAYERS.get(i).contains(name)) {
				return i;
			}
		}
		return -1;
	}

	private static boolean uses(BundleSources bundle, String packageName) {
		return bundle.uses(packageName) || USED_UNNAMED.getOrDefault(bundle.name(), Set.of()).contains(packageName);
	}

	private static void assertNone(List<String> problems) {
		assertEquals(0, problems.size(), () -> "docs/api-policy.md, MANIFEST.MF:\n" + String.join("\n", problems) + '\n');
	}
}
