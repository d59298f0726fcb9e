package org.headstart.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.core.runtime.RegistryFactory;
import org.headstart.api.environment.Environment;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** The catalog with plug-ins of other people, good ones and broken ones. */
class RegistryCatalogTest {

	private static final String POINT_GOAL = "org.headstart.environments.point.PointGoal";
	private static final String SETTINGS = "org.headstart.environments.point.PointGoalSettings";

	private final BundleContext context = FrameworkUtil.getBundle(RegistryCatalog.class).getBundleContext().getBundle(0)
			.getBundleContext();
	private RegistryCatalog catalog;

	@BeforeEach
	void open() {
		catalog = new RegistryCatalog(RegistryFactory.getRegistry(), context);
	}

	@AfterEach
	void close() {
		catalog.close();
	}

	private static String environment(String attributes) {
		return "<extension point=\"org.headstart.api.environments\"><environment " + attributes + "/></extension>";
	}

	private static String attributes(String id, String className, String settings) {
		return "id=\"" + id + "\" name=\"Some name\" description=\"Some words\" class=\"" + className + "\" settings=\""
				+ settings + "\"";
	}

	private static String good(String id) {
		return environment(attributes(id, POINT_GOAL, SETTINGS));
	}

	@Test
	void contributionsComeAndGoWithTheirBundle() throws Exception {
		assertFalse(catalog.catalog().environments().containsKey("acme-goal"));
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", good("acme-goal"))) {
			Contribution<Environment<?>> contribution = catalog.catalog().environments().get("acme-goal");
			assertEquals("com.acme", contribution.bundle());
			assertEquals("Some name", contribution.name());
			assertEquals("Some words", contribution.description());
			assertEquals(POINT_GOAL, contribution.instance().get().getClass().getName());
			assertSame(contribution.instance().get(), contribution.instance().get());
			assertEquals(SETTINGS, contribution.settings().get().getName());
			assertEquals(List.of(), catalog.catalog().problems());
		}
		assertFalse(catalog.catalog().environments().containsKey("acme-goal"));
	}

	@Test
	void aBundleThatIsGoneCannotGiveItsClasses() throws Exception {
		Contribution<Environment<?>> contribution;
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", good("acme-goal"))) {
			contribution = catalog.catalog().environments().get("acme-goal");
		}
		for (var classes : List.of(contribution.settings(), contribution.instance())) {
			String message = assertThrows(BrokenContributionException.class, classes::get).getMessage();
			assertTrue(message.contains("com.acme") && message.contains("acme-goal"), message);
		}
	}

	@Test
	void classesThatCannotBeLoadedAreReportedOnUse() throws Exception {
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme",
				environment(attributes("lava", "com.acme.Lava", "com.acme.LavaSettings")) + good("acme-goal"))) {
			Catalog read = catalog.catalog();
			assertEquals(List.of(), read.problems(), "no class is loaded before it is used");
			Contribution<Environment<?>> lava = read.environments().get("lava");
			String message = assertThrows(BrokenContributionException.class, () -> lava.instance().get()).getMessage();
			assertTrue(message.startsWith("bundle com.acme, environment 'lava': class com.acme.Lava cannot be made"), message);
			message = assertThrows(BrokenContributionException.class, () -> lava.settings().get()).getMessage();
			assertTrue(message.startsWith("bundle com.acme, environment 'lava': settings class com.acme.LavaSettings cannot"),
					message);
			read.environments().get("acme-goal").instance().get();
			List<Problem> problems = catalog.check();
			assertEquals(2, problems.size(), problems::toString);
		}
		assertEquals(List.of(), catalog.check());
	}

	@Test
	void classesOfTheWrongTypeAreReportedOnUse() throws Exception {
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme",
				environment(attributes("text", "java.lang.String", "java.lang.Object")))) {
			Contribution<Environment<?>> text = catalog.catalog().environments().get("text");
			String message = assertThrows(BrokenContributionException.class, () -> text.instance().get()).getMessage();
			assertEquals("bundle com.acme, environment 'text': class java.lang.String does not implement "
					+ "org.headstart.api.environment.Environment", message);
			message = assertThrows(BrokenContributionException.class, () -> text.settings().get()).getMessage();
			assertEquals("bundle com.acme, environment 'text': settings class java.lang.Object is not a record", message);
		}
	}

	@Test
	void wrongDescriptionsAreLeftOutAndTheirNeighboursStay() throws Exception {
		String broken = environment("id=\"no-class\" name=\"x\" description=\"x\" settings=\"" + SETTINGS + "\"")
				+ environment(attributes("Bad_Id", POINT_GOAL, SETTINGS))
				+ environment(attributes("extra", POINT_GOAL, SETTINGS) + " colour=\"red\"")
				+ "<extension point=\"org.headstart.api.environments\"><enviroment " + attributes("typo", POINT_GOAL, SETTINGS)
				+ "/></extension>";
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", broken + good("acme-goal"))) {
			Catalog read = catalog.catalog();
			assertTrue(read.environments().containsKey("acme-goal"));
			assertTrue(read.environments().containsKey("point-goal"));
			for (String id : List.of("no-class", "Bad_Id", "extra", "typo")) {
				assertFalse(read.environments().containsKey(id), id);
				assertEquals(1, read.problems().stream()
						.filter(problem -> problem.bundle().equals("com.acme") && problem.message().contains(id)).count(),
						read.problems()::toString);
			}
			assertProblem(read, "missing class");
			assertProblem(read, "not in lower kebab case");
			assertProblem(read, "unknown attribute colour");
			assertProblem(read, "<enviroment id=\"typo\">: unknown element; this point takes <environment>");
			assertEquals(4, read.problems().size(), read.problems()::toString);
		}
	}

	@Test
	void extensionsOfPointsThatAreNotThereAreReported() throws Exception {
		String typo = "<extension point=\"org.headstart.api.enviroments\"><environment "
				+ attributes("typo", POINT_GOAL, SETTINGS) + "/></extension>"
				+ "<extension point=\"org.headstart.api.rewards\"><reward id=\"early\"/></extension>"
				+ "<extension point=\"com.acme.points\"><point id=\"own\"/></extension>";
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", typo + good("acme-goal"))) {
			Catalog read = catalog.catalog();
			assertProblem(read, "bundle com.acme: there is no extension point org.headstart.api.enviroments; did you mean "
					+ "'org.headstart.api.environments'?");
			assertProblem(read, "bundle com.acme: there is no extension point org.headstart.api.rewards");
			assertEquals(2, read.problems().size(), read.problems()::toString);
			assertTrue(read.environments().containsKey("acme-goal"));
		}
	}

	@Test
	void theCheckReportsEverythingAtOnce() throws Exception {
		String faulty = "org.headstart.runtime.internal.FaultyPlugins$";
		String none = "org.headstart.api.settings.NoSettings";
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme",
				environment(attributes("nothing", faulty + "Nothing", none))
						+ environment(attributes("endless", faulty + "Endless", none))
						+ environment(attributes("uninitialised", faulty + "Uninitialised", none))
						+ environment(attributes("other-settings", POINT_GOAL, none))
						+ environment(attributes("map-settings", POINT_GOAL, faulty + "MapSettings"))
						+ environment(attributes("lava", "com.acme.Lava", SETTINGS)) + good("acme-goal"))) {
			List<Problem> problems = catalog.check();
			assertCheck(problems, "nothing", "create gave null");
			assertCheck(problems, "endless", "create failed: java.lang.StackOverflowError, at " + faulty
					+ "Endless.create (FaultyPlugins.java:");
			assertCheck(problems, "uninitialised", "class " + faulty + "Uninitialised cannot be made: "
					+ "java.lang.NumberFormatException: For input string: \"many\"");
			assertCheck(problems, "other-settings", "its class " + POINT_GOAL + " takes the settings record " + SETTINGS
					+ ", but 'settings' names " + none);
			assertCheck(problems, "map-settings", "settings record " + faulty + "MapSettings, component 'weights': its type "
					+ "java.util.Map<java.lang.String, java.lang.Double> is not supported");
			assertCheck(problems, "lava", "class com.acme.Lava cannot be made: java.lang.ClassNotFoundException");
			assertEquals(6, problems.size(), problems::toString);
		}
	}

	private static void assertCheck(List<Problem> problems, String id, String text) {
		assertEquals(1, problems.stream().filter(problem -> problem.bundle().equals("com.acme") && problem.id().equals(id)
				&& problem.message().startsWith("bundle com.acme, environment '" + id + "': " + text)).count(),
				() -> "no problem of " + id + " says '" + text + "': " + problems);
	}

	@Test
	void ofTwoWithOneIdHeadstartsOwnCounts() throws Exception {
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", good("point-goal"))) {
			Catalog read = catalog.catalog();
			assertEquals("org.headstart.environments.point", read.environments().get("point-goal").bundle());
			assertProblem(read, "bundle com.acme, extension of org.headstart.api.environments, <environment "
					+ "id=\"point-goal\">: the id is taken already, by bundle org.headstart.environments.point");
		}
	}

	@Test
	void ofTwoForeignOnesTheFirstByBundleNameCountsHoweverTheyWereInstalled() throws Exception {
		try (SyntheticBundle b = SyntheticBundle.install(context, "com.b", good("goal"));
				SyntheticBundle a = SyntheticBundle.install(context, "com.a", good("goal"))) {
			assertEquals("com.a", catalog.catalog().environments().get("goal").bundle());
			assertProblem(catalog.catalog(), "bundle com.b, ");
		}
	}

	@Test
	void sameIdInAnotherKindIsNoDuplicate() throws Exception {
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", good("ppo"))) {
			assertEquals(List.of(), catalog.catalog().problems());
			assertTrue(catalog.catalog().learners().containsKey("ppo"));
			assertTrue(catalog.catalog().environments().containsKey("ppo"));
		}
	}

	@Test
	void everyStepDependsOnApiNetworksEngineAndLibrary() {
		assertEquals(List.of("org.headstart.api", "org.headstart.engine", "org.headstart.lib.dl4j", "org.headstart.nn"),
				List.copyOf(catalog.catalog().codeVersions().keySet()));
	}

	private static void assertProblem(Catalog catalog, String text) {
		assertTrue(catalog.problems().stream().anyMatch(problem -> problem.message().contains(text)),
				() -> "no problem says '" + text + "': " + catalog.problems());
	}
}
