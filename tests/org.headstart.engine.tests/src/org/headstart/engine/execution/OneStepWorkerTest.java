package org.headstart.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.headstart.engine.plan.Plan;
import org.headstart.engine.plan.Step;
import org.headstart.engine.results.ResultStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is told its only step. */
class OneStepWorkerTest {

	@TempDir
	Path temp;
	private Plan plan;
	private ResultStore store;

	@BeforeEach
	void freeze() throws IOException {
		String text = WalkExperiment.text(1, 60, "  - {id: scratch}\n  - {id: failing}");
		plan = WalkExperiment.plan(text);
		Files.createDirectories(temp.resolve("out").resolve("steps"));
		store = new ResultStore(temp.resolve("out"));
		store.freeze(text, plan, false);
	}

	private String key(String label) {
		return plan.steps().stream().filter(step -> step.label().contains(label)).map(Step::key).findFirst().orElseThrow();
	}

	private int run(String key, CancelToken cancel, ByteArrayOutputStream said) {
		return Worker.runStep(store.folder(), WalkExperiment::catalog, new LinearNetwork.Factory(), key, cancel, said);
	}

	@Test
	void itsExitCodeSaysWhatBecameOfTheStep() throws IOException {
		CancelToken cancelled = new CancelToken() {

			private int left = 3;

			@Override
			public boolean isCancelled() {
				return left-- <= 0;
			}
		};
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		assertEquals(Worker.CANCELLED, run(key("scratch"), cancelled, said));
		assertFalse(store.finished(key("scratch")));
		assertTrue(Files.exists(store.partial(key("scratch")).resolve(ResultStore.RESUME)), "its state is kept");
		assertEquals(Worker.STOPPED, run(key("scratch"), new CancelToken(), said));
		assertTrue(store.finished(key("scratch")));
		String text = said.toString(StandardCharsets.UTF_8);
		assertTrue(text.contains("FINISHED " + key("scratch")), text);

		said.reset();
		assertEquals(Worker.FAILED, run(key("acquire for failing"), new CancelToken(), said));
		assertTrue(said.toString(StandardCharsets.UTF_8).contains("this strategy always fails"), said::toString);
		assertEquals(Worker.FAILED, run("0123", new CancelToken(), said), "a step that is not in the plan");
	}
}
