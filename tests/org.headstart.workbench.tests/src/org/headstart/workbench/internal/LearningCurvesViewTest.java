package org.headstart.workbench.internal;

import static org.headstart.workbench.internal.TestWorkspace.await;
import static org.headstart.workbench.internal.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.IDE;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearningCurvesViewTest {

	private static final Duration SOON = Duration.ofMinutes(2);
	private static final String IDENTITY = "adapt scratch";
	private static final String KEY = Step.keyOf(IDENTITY + "\n");

	private TestWorkspace workspace;
	private Composite view;

	@BeforeEach
	void open() throws Exception {
		workspace = new TestWorkspace();
		IViewPart part = page().showView("org.headstart.workbench.charts.learningCurves");
		view = (Composite) part.getSite().getService(MPart.class).getWidget();
	}

	@AfterEach
	void close() throws Exception {
		workspace.close();
	}

	private static boolean shows(Composite parent, String text) {
		for (Control child : parent.getChildren()) {
			if (child.isVisible() && (child instanceof Label label && label.getText().contains(text)
					|| child instanceof Text notices && notices.getText().contains(text)
					|| child instanceof Composite composite && shows(composite, text))) {
				return true;
			}
		}
		return false;
	}

	/** The canvas with the chart, null when none is shown. */
	private static Control chart(Composite parent) {
		for (Control child : parent.getChildren()) {
			if (child.isVisible() && child instanceof Composite composite) {
				Control found = child.getClass().getSimpleName().equals("ChartCanvas") ? child : chart(composite);
				if (found != null) {
					return found;
				}
			}
		}
		return null;
	}

	private static boolean showsChart(Composite view) {
		return chart(view) != null;
	}

	private static void plan(Path results) throws Exception {
		plan(results, """
				{"format": 1, "experiment": "tiny", "description": "", "strategies": ["scratch"], "baseline": "scratch",
				 "targets": ["cart-pole"], "shots": [0], "seeds": 1, "rootSeed": 1, "steps": [{"key": "%s", "kind": "adapt",
				 "strategies": ["scratch"], "target": "cart-pole", "seed": 1, "needs": [], "label": "adapt scratch",
				 "environmentSteps": 400}]}
				""".formatted(KEY));
	}

	/** What the store does not read the view would not show, however long one waits. */
	private static void plan(Path results, String text) throws Exception {
		ResultStore store = new ResultStore(results);
		Files.createDirectories(results);
		Files.writeString(store.planFile(), text);
		assertTrue(store.plan().isPresent());
	}

	private static void status(Path results, String state, long done) throws Exception {
		status(results, state, Instant.now(), done, KEY, "running", null);
	}

	private static void status(Path results, String state, Instant heartbeat, long done, String step, String stepState,
			String message) throws Exception {
		Files.writeString(results.resolve("run.json"), """
				{"format": 1, "experiment": "tiny", "state": "%s", "process": 1, "host": "elsewhere", "started": "2025-01-01T00:00:00Z",
				 "heartbeat": "%s", "stepsDone": 0, "stepsAll": 1, "environmentStepsDone": %d, "environmentStepsAll": 400,
				 "steps": [{"key": "%s", "label": "adapt scratch", "state": "%s", "done": %d, "all": 400, "message": %s}], "notes": []}
				""".formatted(state, heartbeat, done, step, stepState, done, message == null ? "null" : '"' + message + '"'));
		assertTrue(new ResultStore(results).status().isPresent());
	}

	private static void metrics(Path results) throws Exception {
		Path step = Files.createDirectories(results.resolve("steps").resolve(KEY + ".partial"));
		Files.writeString(step.resolve("metrics.csv"), """
				phase,task,steps,episodes,shots,return-mean,return-std,return-min,return-max,length-mean,evaluation-episodes,training-return
				adapt,default,0,0,0,10.0,1.0,9.0,11.0,10.0,2,
				adapt,default,200,9,,30.0,1.0,29.0,31.0,30.0,2,20.0
				""");
	}

	/** A run on another computer that shares the folder: nothing but the files tells of it. */
	@Test
	void followsAResultsFolderFromNothingToTheEnd() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		page().activate(IDE.openEditor(page(), experiment, true));
		await(SOON, () -> "no hint", () -> shows(view, "Not run yet"));

		Path results = ExperimentFile.results(experiment);
		plan(results);
		status(results, "running", 0);
		await(SOON, () -> "no word of the run", () -> shows(view, "running on elsewhere, 0 of 1 steps"));

		metrics(results);
		status(results, "running", 200);
		await(SOON, () -> "no chart", () -> showsChart(view));

		status(results, "cancelled", 200);
		await(SOON, () -> "no word of the end", () -> shows(view, "stopped") && showsChart(view));
	}

	private static String row(String task, int steps, double value, String episodes) {
		return "phase,%s,%d,0,%s,%s,1.0,1.0,1.0,10.0,2,,%s\n".formatted(task, steps, steps == 0 ? "0" : "", value, episodes);
	}

	private static void rows(Path results, String key, String header, String... rows) throws Exception {
		Path step = Files.createDirectories(results.resolve("steps").resolve(key + ".partial"));
		Files.writeString(step.resolve("metrics.csv"), "phase,task,steps,episodes,shots,return-mean,return-std,return-min,return-max,"
				+ "length-mean,evaluation-episodes,training-return" + header + "\n" + String.join("", rows));
	}

	private Combo chartList(Composite parent) {
		for (Control child : parent.getChildren()) {
			Combo found = child instanceof Combo combo ? combo : child instanceof Composite inner ? chartList(inner) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/** Meta-learning: nothing is trained on the target, so its one evaluation is no curve. */
	@Test
	void showsTrainingOnTheSourcesAndLearningWithinATrial() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		Path results = ExperimentFile.results(experiment);
		String acquire = KEY.replace('0', 'f');
		plan(results,
				"""
						{"format": 1, "experiment": "tiny", "description": "", "strategies": ["rl2"], "baseline": "rl2", "targets": ["test"],
						 "shots": [0], "seeds": 1, "rootSeed": 1, "steps": [{"key": "%s", "kind": "acquire", "strategies": ["rl2"], "seed": 1, "needs": [],
						 "label": "acquire", "environmentSteps": 400}, {"key": "%s", "kind": "adapt", "strategies": ["rl2"],
						 "target": "test", "seed": 1, "needs": ["%s"], "label": "adapt", "environmentSteps": 0}]}
						"""
						.formatted(acquire, KEY, acquire));
		rows(results, acquire, ",return:1,return:2", row("points/train", 0, 1, "0.5,0.5"), row("points/train", 200, 3, "1.0,2.0"));
		status(results, "running", 0);
		page().activate(IDE.openEditor(page(), experiment, true));
		Combo list = chartList(view);
		await(SOON, () -> "charts: " + Arrays.toString(list.getItems()),
				() -> Arrays.equals(list.getItems(), new String[] {"Training on points/train"}) && showsChart(view));

		rows(results, KEY, ",return:1,return:2", row("points/test", 0, 3, "1.0,2.0"));
		status(results, "finished", 400);
		await(SOON, () -> "charts: " + Arrays.toString(list.getItems()), () -> Arrays.equals(list.getItems(), new String[] {
				"Learning within a trial, test", "Return, test", "Training on points/train"}));
		assertEquals(0, list.getSelectionIndex());
		list.select(2);
		list.notifyListeners(SWT.Selection, new Event());
		await(SOON, () -> "no chart", () -> list.getSelectionIndex() == 2 && showsChart(view));
	}

	/** What is said where there is no curve yet, and of runs that have ended, is so. */
	@Test
	void saysHowTheRunStands() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		Path results = ExperimentFile.results(experiment);
		plan(results);
		page().activate(IDE.openEditor(page(), experiment, true));
		await(SOON, () -> "no word of the plan", () -> shows(view, "no run has begun"));

		status(results, "running", Instant.now(), 0, KEY, "waiting", null);
		await(SOON, () -> "no word of the start", () -> shows(view, "The run is starting"));
		status(results, "running", Instant.now(), 0, KEY, "running", null);
		await(SOON, () -> "this experiment has no source", () -> shows(view, "The first evaluation is under way"));
		String acquire = KEY.replace('0', 'f');
		status(results, "running", Instant.now(), 0, acquire, "running", null);
		await(SOON, () -> "no word of the sources", () -> shows(view, "learn on the sources first"));

		status(results, "running", Instant.now().minusSeconds(3600), 0, KEY, "running", null);
		await(SOON, () -> "no word of the break", () -> shows(view, "broke off") && shows(view, "without a message")
				&& shows(view, "ended before there was an evaluation"));
		status(results, "failed", Instant.now(), 0, KEY, "failed", "NaN in lane 3");
		await(SOON, () -> "no word of the failure", () -> shows(view, "1 of 1 steps failed") && shows(view, "NaN in lane 3"));
		status(results, "finished", Instant.now(), 0, KEY, "finished", null);
		await(SOON, () -> "no word of the end", () -> shows(view, "finished, 0 of 1 steps") && !shows(view, "NaN in lane 3")
				&& shows(view, "no evaluation to draw"));
		status(results, "cancelled", Instant.now(), 0, KEY, "waiting", null);
		await(SOON, () -> "no word of the stop", () -> shows(view, "stopped, 0 of 1 steps"));

		Files.delete(results.resolve("run.json"));
		Files.delete(results.resolve("plan.json"));
		await(SOON, () -> "no word of the deletion", () -> shows(view, "The results were deleted") && !shows(view, "stopped"));
	}

	/** One read goes on for the experiment that is shown, none for those that were. */
	@Test
	void anExperimentThatIsNoLongerShownIsNoLongerRead() throws Exception {
		for (int i = 0; i < 5; i++) {
			IFile experiment = workspace.file("other-" + i + ".experiment.yaml",
					TestWorkspace.TINY.replace("name: tiny", "name: other-" + i));
			Path results = ExperimentFile.results(experiment);
			plan(results);
			metrics(results);
			page().activate(IDE.openEditor(page(), experiment, true));
		}
		await(SOON, () -> "not shown", () -> shows(view, "other-4") && showsChart(view));
		await(SOON, () -> "reads: " + reads(), () -> reads() == 1);
		IFile last = workspace.file("last.experiment.yaml", TestWorkspace.TINY.replace("name: tiny", "name: last"));
		page().activate(IDE.openEditor(page(), last, true));
		await(SOON, () -> "not chosen", () -> shows(view, "last"));
		assertFalse(showsChart(view), "the curves of another experiment are still shown");
		await(SOON, () -> "not read", () -> shows(view, "Not run yet") && reads() == 1);
	}

	private static long reads() {
		return Arrays.stream(Job.getJobManager().find(null)).filter(job -> job.getName().equals("Reading learning curves")).count();
	}

	private static void finish(Path results, double random, String warning) throws Exception {
		metrics(results);
		ResultStore store = new ResultStore(results);
		Files.writeString(store.partial(KEY).resolve(ResultStore.PROVENANCE), """
				{"format": 1, "key": "%s", "kind": "adapt", "seed": 1, "rootSeed": 1, "needs": [], "environmentSteps": 400, "outcomes": [],
				 "randomReturn": %s, "machine": {"java": "", "system": "", "processor": ""}, "executor": "", "versions": {},
				 "warmStarts": [], "agents": [], "warnings": ["%s"], "identity": ["%s"]}
				""".formatted(KEY, random, warning, IDENTITY));
		store.finish(KEY);
		status(results, "finished", Instant.now(), 400, KEY, "finished", null);
	}

	@Test
	void warnsOfResultsThatShowNothing() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		Path results = ExperimentFile.results(experiment);
		plan(results);
		finish(results, 5000, "nothing was trained");
		page().activate(IDE.openEditor(page(), experiment, true));
		await(SOON, () -> "no warning", () -> showsChart(view) && shows(view, "the random policy") && shows(view, "nothing was trained"));
	}

	/** A theme is switched while the workbench runs: editors and charts go along. */
	@Test
	@SuppressWarnings("restriction") // Eclipse has no other way to change the theme without a restart
	void theChartFollowsTheTheme() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		Path results = ExperimentFile.results(experiment);
		plan(results);
		metrics(results);
		page().activate(IDE.openEditor(page(), experiment, true));
		IThemeEngine themes = PlatformUI.getWorkbench().getService(IThemeEngine.class);
		String before = themes.getActiveTheme().getId();
		try {
			themes.setTheme("org.eclipse.e4.ui.css.theme.e4_dark", false);
			await(SOON, () -> "no dark chart", () -> showsChart(view) && brightness() < 64);
			await(SOON, () -> "the state cannot be read", () -> readable(label(view)));
			themes.setTheme("org.eclipse.e4.ui.css.theme.e4_default", false);
			await(SOON, () -> "no light chart", () -> showsChart(view) && brightness() > 192);
			await(SOON, () -> "the state cannot be read", () -> readable(label(view)));
		} finally {
			themes.setTheme(before, false);
		}
	}

	private static Label label(Composite parent) {
		for (Control child : parent.getChildren()) {
			Label found = child instanceof Label label && label.isVisible() ? label
					: child instanceof Composite inner ? label(inner) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/** Dark on light, or light on dark. */
	private static boolean readable(Control control) {
		return Math.abs(brightness(control.getForeground().getRGB()) - brightness(control.getBackground().getRGB())) > 96;
	}

	private static int brightness(RGB rgb) {
		return (rgb.red + rgb.green + rgb.blue) / 3;
	}

	/** Of the corner of the chart: its background. */
	private int brightness() {
		Image image = new Image(view.getDisplay(), 1, 1);
		GC gc = new GC(chart(view));
		try {
			gc.copyArea(image, 2, 2);
			ImageData data = image.getImageData();
			return brightness(data.palette.getRGB(data.getPixel(0, 0)));
		} finally {
			gc.dispose();
			image.dispose();
		}
	}

	@Test
	void saysWhatIsWrongWithAFolder() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		Path results = ExperimentFile.results(experiment);
		Files.createDirectories(results);
		Files.writeString(results.resolve("plan.json"), "{ half a pl");
		page().activate(IDE.openEditor(page(), experiment, true));
		await(SOON, () -> "no word of the damage", () -> shows(view, "plan.json"));
	}
}
