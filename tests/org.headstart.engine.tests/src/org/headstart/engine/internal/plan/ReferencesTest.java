package org.headstart.engine.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.Learner;
import org.headstart.api.settings.DataFile;
import org.headstart.api.settings.Reference;
import org.headstart.api.settings.Setting;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.testkit.internal.SampleCatalog;
import org.headstart.testkit.internal.SampleCatalog.PpoSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that are other contributions, and files. */
class ReferencesTest {

	@TempDir
	Path temp;

	/**
	 * Settings of a strategy whose teacher learns in another way.
	 *
	 * @param teacher  its learner
	 * @param learners more of them
	 */
	record TaughtSettings(
			@Setting(value = "How the teacher learns", byDefault = "{id: ppo, lanes: 2}") Reference<Learner<?>> teacher,
			@Setting(value = "How others learn", byDefault = "[]") List<Reference<Learner<?>>> learners) {}

	/**
	 * Settings with a file.
	 *
	 * @param lessons the file
	 */
	record ReadingSettings(@Setting("What to read") DataFile lessons) {}

	/** Learns nothing on sources. */
	private static final class Idle<S extends Record> implements Strategy<S> {

		@Override
		public List<Acquisition> acquisitions(S settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void adapt(S settings, StrategyRun run) {
			throw new AssertionError("nobody adapts here");
		}
	}

	private static final String SMALL = """
			headstart: 1
			name: small
			backbone: {id: mlp}
			learner: {id: ppo}
			target: [{environment: point-goal, task: test, steps: 1e5}]
			strategies: [{id: taught}]
			""";

	/** @param version the code of the bundle from which the learner {@code other} comes */
	private static Catalog catalog(String version) {
		Strategy<TaughtSettings> taught = new Idle<>();
		Strategy<ReadingSettings> reading = new Idle<>();
		Catalog sample = new SampleCatalog().strategy("taught", "1", TaughtSettings.class, () -> taught)
				.strategy("reading", "1", ReadingSettings.class, () -> reading).build();
		var learners = new TreeMap<>(sample.learners());
		learners.put("other", new Contribution<>("other", "Other", "", "com.acme.other", version, () -> PpoSettings.class,
				sample.learners().get("ppo").instance()));
		return new Catalog(sample.environments(), sample.wrappers(), sample.backbones(), learners, sample.losses(), sample.strategies(),
				sample.executors(), sample.codeVersions(), List.of());
	}

	private static ExperimentReader.Reading read(String strategy) {
		return ExperimentReader.read(SMALL.replace("{id: taught}", strategy), "f", catalog("1"), Map.of());
	}

	private static Step step(String strategy, String version) {
		Catalog catalog = catalog(version);
		return Planner
				.plan(ExperimentReader.read(SMALL.replace("{id: taught}", strategy), "f", catalog, Map.of()).experiment().orElseThrow(),
						catalog)
				.steps().get(0);
	}

	private static TaughtSettings settings(String strategy) {
		return (TaughtSettings) read(strategy).experiment().orElseThrow().strategies().get(0).strategy().settings();
	}

	@Test
	void aSettingIsAContributionWithItsSettings() {
		TaughtSettings byDefault = settings("{id: taught}");
		assertEquals("ppo", byDefault.teacher().id());
		assertEquals(new PpoSettings(3e-4, 2, 128), byDefault.teacher().settings());
		assertSame(Learner.class, byDefault.teacher().kind());
		TaughtSettings other = settings("{id: taught, teacher: {id: other, steps: 7}, learners: [{id: ppo}, {id: other}]}");
		assertEquals(new PpoSettings(3e-4, 8, 7), other.teacher().settings());
		assertEquals(List.of("ppo", "other"), other.learners().stream().map(Reference::id).toList());
		assertEquals(other, settings("{id: taught, teacher: {id: other, steps: 7}, learners: [{id: ppo}, {id: other}]}"));
		assertNotEquals(other, settings("{id: taught, teacher: {id: other, steps: 8}, learners: [{id: ppo}, {id: other}]}"));
	}

	@Test
	void theFrozenFileReadsBack() {
		ExperimentReader.Reading reading = read("{id: taught, teacher: {id: other, steps: 7}}");
		ExperimentReader.Reading again = ExperimentReader.read(reading.frozenText(), "f", catalog("1"), Map.of());
		assertEquals(reading.frozenText(), again.frozenText());
		assertEquals(List.of(), again.problems());
	}

	@Test
	void keysHaveTheCodeOfWhatIsReferredTo() {
		String strategy = "{id: taught, learners: [{id: other}]}";
		assertNotEquals(step(strategy, "1").key(), step(strategy, "2").key());
		assertTrue(step(strategy, "2").identity().contains("code of contribution other of com.acme.other: 2\n"),
				step(strategy, "2").identity());
		assertEquals(step("{id: taught}", "1").key(), step("{id: taught}", "2").key(), "nobody refers to the other");
	}

	@Test
	void whatCannotBeReferredToIsToldWhereItStands() {
		assertEquals(List.of("f:6:41: strategies.0.teacher.id: unknown learner 'pop'; did you mean 'ppo'? There are: other, ppo"),
				problems("{id: taught, teacher: {id: pop}}"));
		assertEquals(List.of("f:6:53: strategies.0.teacher.lanes: must be a whole number, not the text 'many'"),
				problems("{id: taught, teacher: {id: ppo, lanes: many}}"));
		assertEquals(List.of("f:6:36: strategies.0.teacher: must be a map of a learner's id and its settings, {id: …}, not the text 'ppo'"),
				problems("{id: taught, teacher: ppo}"));
		assertEquals(List.of("f:6:36: strategies.0.teacher.id: is missing; there are: other, ppo"),
				problems("{id: taught, teacher: {lanes: 3}}"));
		assertEquals(List.of("f:6:54: strategies.0.learners.1.id: unknown learner 'x'; there are: other, ppo"),
				problems("{id: taught, learners: [{id: ppo}, {id: x}]}"));
	}

	private static List<String> problems(String strategy) {
		return read(strategy).problems().stream().map(Object::toString).toList();
	}

	@Test
	void keysHaveTheContentOfFiles() throws IOException {
		Path lessons = temp.resolve("it's.csv");
		Files.writeString(lessons, "1,2");
		String strategy = "{id: reading, lessons: \"" + lessons + "\"}";
		Step one = step(strategy, "1");
		assertEquals(one.key(), step(strategy, "1").key());
		assertTrue(one.identity().contains("content of '"), one.identity());
		Files.writeString(lessons, "1,3");
		assertNotEquals(one.key(), step(strategy, "1").key());
		Files.delete(lessons);
		assertEquals(List.of("f:6:37: strategies.0.lessons: there is no file " + lessons), problems(strategy));
	}
}
