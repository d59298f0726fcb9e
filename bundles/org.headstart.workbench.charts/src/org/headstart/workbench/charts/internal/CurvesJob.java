package org.headstart.workbench.charts.internal;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.widgets.Display;
import org.headstart.engine.analysis.AnalysisSettings;
import org.headstart.engine.analysis.ChartModel;
import org.headstart.engine.analysis.TrainingCurves;
import org.headstart.engine.analysis.TransferCharts;
import org.headstart.engine.analysis.TrialCharts;
import org.headstart.engine.results.ResultStore;
import org.headstart.engine.results.Results;
import org.headstart.engine.results.ResultsException;
import org.headstart.engine.results.RunStatus;
import org.headstart.engine.results.RunStatus.StepState;
import org.headstart.report.ChartRenderer;
import org.headstart.report.ChartTheme;
import org.headstart.report.NoFontsException;
import org.headstart.workbench.ExperimentFile;
import org.headstart.workbench.ExperimentRuns;
import org.headstart.workbench.TimeLeft;

/** Reads a results folder again and again, draws its curves off the UI thread, and hands them over when they changed. */
final class CurvesJob extends Job {

	private static final long PERIOD_MS = 1000;
	/** How many times as long as reading and drawing took the processor is left to the run. */
	private static final int REST = 5;
	private static final long LONGEST_PERIOD_MS = 5000;
	/** Few resamples: the chart is drawn anew every second. */
	private static final AnalysisSettings LIVE = AnalysisSettings.DEFAULT.withResamples(1000, 400);

	private final Consumer<Curves> viewer;

	private volatile IFile experiment;
	/** Id of the chart that was asked for; null: the first. Charts come and go while a run goes on. */
	private volatile String chosen;
	private volatile int width = 600;
	private volatile int height = 400;
	private volatile double scale = 1;
	private volatile ChartTheme theme = ChartTheme.LIGHT;
	private volatile boolean stopped;
	/** Whether the next round must draw even if the results are as before. */
	private volatile boolean changed;
	/** What was shown last, so that nothing is drawn again while nothing happens. */
	private String shown = "";

	/** @param viewer is given what there is to show, on the UI thread */
	CurvesJob(Consumer<Curves> viewer) {
		super("Reading learning curves");
		this.viewer = viewer;
		setSystem(true);
		setPriority(Job.DECORATE);
	}

	void setTheme(ChartTheme newTheme) {
		if (newTheme != theme) {
			theme = newTheme;
			drawAgain();
		}
	}

	void follow(IFile file) {
		experiment = file;
		chosen = null;
		drawAgain();
	}

	void choose(String chart) {
		chosen = chart;
		drawAgain();
	}

	void resized(int newWidth, int newHeight, double newScale) {
		if (newWidth > 0 && newHeight > 0) {
			width = newWidth;
			height = newHeight;
			scale = newScale;
			drawAgain();
		}
	}

	void stop() {
		stopped = true;
		cancel();
	}

	private void drawAgain() {
		changed = true;
		if (experiment != null) {
			wakeUp();
			schedule();
		}
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		long began = System.nanoTime();
		IFile file = experiment;
		Curves curves = read(file);
		if (curves != null && !stopped) {
			Display display = Display.getDefault();
			if (!display.isDisposed()) {
				display.asyncExec(() -> viewer.accept(curves));
			}
		}
		if (!stopped) {
			long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
			schedule(Math.clamp(REST * took, PERIOD_MS, LONGEST_PERIOD_MS));
		}
		return Status.OK_STATUS;
	}

	/** @return what to show, or null when it is what is shown already */
	private Curves read(IFile file) {
		boolean draw = changed;
		changed = false;
		if (!file.exists()) {
			return problem(file, "The experiment was deleted.", draw);
		}
		try {
			Path folder = ExperimentFile.results(file);
			ResultStore store = new ResultStore(folder);
			if (!Files.exists(store.planFile())) {
				boolean starting = ExperimentRuns.shows(file);
				String seen = "nothing in " + folder + starting;
				if (!draw && seen.equals(shown)) {
					return null;
				}
				shown = seen;
				return starting ? nothing(file, "starting", "The run is starting.")
						: nothing(file, "", "Not run yet.\n\nExperiment > Run Experiment (Ctrl+R) runs it.");
			}
			Optional<RunStatus> status = store.status();
			String state = state(status);
			if (status.isPresent() && status.get().alive(Instant.now())) {
				ExperimentRuns.follow(file);
			}
			String seen = folder + state + status.map(RunStatus::heartbeat).orElse("");
			if (!draw && seen.equals(shown)) {
				return null;
			}
			shown = seen;
			Results now = Results.read(folder);
			List<ChartModel> charts = charts(now);
			if (charts.isEmpty()) {
				return nothing(file, state, waiting(status));
			}
			int index = index(charts, chosen);
			BufferedImage image = new ChartRenderer(theme).image(charts.get(index), width, height, scale);
			return new Curves(file, state, charts, index, imageData(image), "");
		} catch (NoFontsException | ResultsException e) {
			return problem(file, e.getMessage(), draw);
		} catch (IOException e) {
			Curves problem = problem(file, "The results cannot be read: " + e.getMessage(), draw);
			if (problem != null) {
				ILog.of(CurvesJob.class).warn("Cannot read the results of " + file.getFullPath(), e);
			}
			return problem;
		}
	}

	/** What is asked for most comes first: how it goes on the targets, then within a trial, then on the sources. */
	private static List<ChartModel> charts(Results now) {
		List<String> arms = now.plan().strategies();
		List<String> trained = new ArrayList<>();
		List<String> judged = new ArrayList<>();
		for (String target : now.plan().targets()) {
			(judgedOnly(now, target) ? judged : trained).add(target);
		}
		List<ChartModel> charts = new ArrayList<>(
				TransferCharts.liveLearningCurves(arms, trained, now.adaptations(), LIVE));
		charts.addAll(TrialCharts.liveEpisodes(arms, now.plan().targets(), now.adaptations(), LIVE));
		charts.addAll(TrialCharts.liveReturns(arms, judged, now.adaptations(), LIVE));
		charts.addAll(TrainingCurves.of(arms, now.acquisitions(), LIVE));
		return charts;
	}

	/** Granted episodes (shots) train too, but are not part of the planned steps. */
	private static boolean judgedOnly(Results now, String target) {
		return now.plan().steps().stream().filter(step -> target.equals(step.target()))
				.allMatch(step -> step.environmentSteps() == 0)
				&& now.adaptations().stream().filter(result -> result.target().equals(target))
						.allMatch(result -> result.steps().length == 1);
	}

	private static int index(List<ChartModel> charts, String id) {
		for (int i = 0; i < charts.size(); i++) {
			if (charts.get(i).id().equals(id)) {
				return i;
			}
		}
		return 0;
	}

	/** @return the problem to show, or null when it is shown already */
	private Curves problem(IFile file, String message, boolean draw) {
		if (!draw && message.equals(shown)) {
			return null;
		}
		shown = message;
		return nothing(file, "", message);
	}

	/** Why there is no curve yet. */
	private static String waiting(Optional<RunStatus> status) {
		if (status.isEmpty() || !status.get().alive(Instant.now())) {
			return "No target was reached before the run ended.\n\nExperiment > Run Experiment (Ctrl+R) goes on with it.";
		}
		return status.get().steps().stream().filter(step -> step.state() == StepState.RUNNING).findFirst()
				.map(step -> "The agents learn on the sources first; the targets follow.\n\n" + step.label())
				.orElse("The run is starting.");
	}

	private static Curves nothing(IFile file, String state, String hint) {
		return new Curves(file, state, List.of(), -1, null, hint);
	}

	private static String state(Optional<RunStatus> status) {
		if (status.isEmpty()) {
			return "";
		}
		RunStatus run = status.get();
		String done = run.stepsDone() + " of " + run.stepsAll() + " steps";
		return switch (run.state()) {
			case RUNNING -> run.alive(Instant.now()) ? "running, " + done + TimeLeft.of(run) : "killed, " + done;
			case FINISHED -> "finished, " + done;
			case FAILED -> "some steps failed, " + done;
			case CANCELLED -> "stopped, " + done;
		};
	}

	private static ImageData imageData(BufferedImage image) {
		BufferedImage rgb = image;
		if (image.getType() != BufferedImage.TYPE_INT_RGB) {
			rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
			rgb.createGraphics().drawImage(image, 0, 0, null);
		}
		int[] pixels = ((DataBufferInt) rgb.getRaster().getDataBuffer()).getData();
		ImageData data = new ImageData(rgb.getWidth(), rgb.getHeight(), 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
		for (int y = 0; y < data.height; y++) {
			data.setPixels(0, y, data.width, pixels, y * data.width);
		}
		return data;
	}
}
