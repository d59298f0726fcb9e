package org.headstart.workbench;

import static org.headstart.workbench.TestWorkspace.await;
import static org.headstart.workbench.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import org.eclipse.core.resources.IFile;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.ide.IDE;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearningCurvesViewTest {

	private static final Duration SOON = Duration.ofSeconds(30);
	private static final String KEY = "0123456789abcdef0123456789abcdef";

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
					|| child instanceof Composite composite && shows(composite, text))) {
				return true;
			}
		}
		return false;
	}

	/** The only thing in the view that is a canvas and nothing more. */
	private static boolean showsChart(Composite parent) {
		for (Control child : parent.getChildren()) {
			if (child.isVisible() && child instanceof Composite composite
					&& (child.getClass().getSuperclass() == Canvas.class && child.getClass().getSimpleName().equals("ChartCanvas")
							|| showsChart(composite))) {
				return true;
			}
		}
		return false;
	}

	private static void plan(Path results) throws Exception {
		Files.createDirectories(results);
		Files.writeString(results.resolve("plan.json"), """
				{"format": 1, "experiment": "tiny", "description": "", "strategies": ["scratch"], "targets": ["cart-pole"],
				 "shots": [0], "seeds": 1, "rootSeed": 1, "steps": [{"key": "%s", "kind": "adapt", "strategies": ["scratch"],
				 "target": "cart-pole", "seed": 1, "needs": [], "label": "adapt scratch", "environmentSteps": 400}]}
				""".formatted(KEY));
	}

	private static void status(Path results, String state, long done) throws Exception {
		Files.writeString(results.resolve("run.json"), """
				{"format": 1, "experiment": "tiny", "state": "%s", "process": 1, "host": "elsewhere", "started": "2025-01-01T00:00:00Z",
				 "heartbeat": "%s", "stepsDone": 0, "stepsAll": 1, "environmentStepsDone": %d, "environmentStepsAll": 400,
				 "steps": [{"key": "%s", "label": "adapt scratch", "state": "running", "done": %d, "all": 400}], "notes": []}
				""".formatted(state, Instant.now(), done, KEY, done));
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
		await(SOON, () -> "no word of the run", () -> shows(view, "running, 0 of 1 steps"));

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
		Files.createDirectories(results);
		Files.writeString(results.resolve("plan.json"), """
				{"format": 1, "experiment": "tiny", "description": "", "strategies": ["rl2"], "targets": ["test"], "shots": [0],
				 "seeds": 1, "rootSeed": 1, "steps": [{"key": "%s", "kind": "acquire", "strategies": ["rl2"], "seed": 1, "needs": [],
				 "label": "acquire", "environmentSteps": 400}, {"key": "%s", "kind": "adapt", "strategies": ["rl2"],
				 "target": "test", "seed": 1, "needs": ["%s"], "label": "adapt", "environmentSteps": 0}]}
				""".formatted(acquire, KEY, acquire));
		rows(results, acquire, ",return:1,return:2", row("points/train", 0, 1, "0.5,0.5"), row("points/train", 200, 3, "1.0,2.0"));
		status(results, "running", 0);
		page().activate(IDE.openEditor(page(), experiment, true));
		Combo list = chartList(view);
		await(SOON, () -> "charts: " + Arrays.toString(list.getItems()),
				() -> Arrays.equals(list.getItems(), new String[] {"Training on points/train"}) && showsChart(view));

		rows(results, KEY, ",return:1,return:2", row("points/test", 0, 3, "1.0,2.0"));
		status(results, "finished", 400);
		await(SOON, () -> "charts: " + Arrays.toString(list.getItems()), () -> Arrays.equals(list.getItems(), new String[] {
				"Learning within a trial so far, test", "Return so far, test", "Training on points/train"}));
		assertEquals(0, list.getSelectionIndex());
		list.select(2);
		list.notifyListeners(SWT.Selection, new Event());
		await(SOON, () -> "no chart", () -> list.getSelectionIndex() == 2 && showsChart(view));
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
