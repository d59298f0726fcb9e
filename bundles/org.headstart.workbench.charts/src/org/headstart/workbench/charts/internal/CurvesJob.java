package org.headstart.workbench.charts.internal;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
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
import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.internal.Results;
import org.headstart.analysis.internal.TrainingCurves;
import org.headstart.analysis.internal.TransferAnalyser;
import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.internal.TrialCharts;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.results.PlanFile;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.report.internal.ChartRenderer;
import org.headstart.report.internal.NoFontsException;
import org.headstart.runtime.internal.Installation;
import org.headstart.workbench.internal.ExperimentFile;
import org.headstart.workbench.internal.ExperimentRuns;

/**
 * Reads one experiment's results folder again and again, draws its curves off the UI thread, and hands them over when they changed,
 * until it is cancelled: then it gives up what it reads and hands over nothing more.
 */
final class CurvesJob extends Job {

	private static final long PERIOD_MS = 1000;
	/** How many times as long as reading and drawing took the processor is left to the run. */
	private static final int REST = 5;
	private static final long LONGEST_PERIOD_MS = 5000;
	/** Few resamples: the chart is drawn anew every second. */
	private static final AnalysisSettings LIVE = AnalysisSettings.DEFAULT.withResamples(1000, 400);

	private final IFile experiment;
	private final Consumer<Curves> viewer;

	private volatile Wish wish;
	private volatile boolean cancelled;
	/** What was handed over last, so that nothing is drawn again while nothing happens. Only this job's thread uses it. */
	private Object shown;
	/** What the warnings are about. Only this job's thread uses both. */
	private RunStatus analysed;
	private List<String> warnings = List.of();
	/** Whether there was a plan once. Only this job's thread uses it. */
	private boolean planned;

	/**
	 * @param experiment the experiment's file
	 * @param wish       what to draw at first
	 * @param viewer     is given what there is to show, on the UI thread
	 */
	CurvesJob(IFile experiment, Wish wish, Consumer<Curves> viewer) {
		super("Reading learning curves");
		this.experiment = experiment;
		this.wish = wish;
		this.viewer = viewer;
		setSystem(true);
		setPriority(Job.DECORATE);
	}

	/** Has another drawing made, soon. */
	void draw(Wish another) {
		wish = another;
		wakeUp();
		schedule();
	}

	@Override
	protected void canceling() {
		cancelled = true;
	}

	/** Any thread; for ever. */
	void end() {
		cancelled = true;
		cancel();
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		long began = System.nanoTime();
		Curves curves;
		try {
			curves = read(wish);
		} catch (CancellationException e) {
			return Status.CANCEL_STATUS;
		}
		Display display = Display.getDefault();
		if (curves != null && !cancelled && !display.isDisposed()) {
			display.asyncExec(() -> {
				if (!cancelled) {
					viewer.accept(curves);
				}
			});
		}
		if (!cancelled) {
			long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
			schedule(Math.clamp(REST * took, PERIOD_MS, LONGEST_PERIOD_MS));
		}
		return Status.OK_STATUS;
	}

	/** @return what to show, or null when it is what is shown already */
	private Curves read(Wish asked) {
		if (!experiment.exists()) {
			return nothing(asked, "The experiment was deleted.");
		}
		try {
			Path folder = ExperimentFile.results(experiment);
			ResultStore store = new ResultStore(folder);
			if (!Files.exists(store.planFile())) {
				return nothing(asked, withoutPlan(folder));
			}
			planned = true;
			Optional<RunStatus> status = store.status();
			if (status.isPresent() && status.get().hereAt(Instant.now()).isPresent()) {
				ExperimentRuns.follow(experiment);
			}
			PlanFile plan = store.plan().orElseThrow(() -> new ResultsException(folder + " no longer has a plan."));
			Standing standing = Standing.of(plan, status, ExperimentRuns.failure(experiment, status), Instant.now());
			if (isShown(List.of(asked, folder, standing, status))) {
				return null;
			}
			Results now = Results.read(folder, () -> cancelled);
			List<String> notices = new ArrayList<>(standing.notices());
			notices.addAll(now.problems());
			if (status.isPresent() && !status.get().alive(Instant.now())) {
				// while a run goes on, what it has shown so far means little
				notices.addAll(warnings(store, now, status.get()));
			}
			List<ChartModel> charts = charts(now);
			if (charts.isEmpty()) {
				return Curves.none(asked, standing.state(), notices, standing.waiting());
			}
			int index = index(charts, asked.chart());
			BufferedImage image = new ChartRenderer(asked.theme()).image(charts.get(index), asked.width(), asked.height(),
					asked.scale());
			return new Curves(asked, standing.state(), notices, charts, index, imageData(image), "");
		} catch (NoFontsException | ResultsException e) {
			return nothing(asked, e.getMessage());
		} catch (IOException e) {
			Curves problem = nothing(asked, "The results cannot be read: " + e.getMessage());
			if (problem != null) {
				ILog.of(CurvesJob.class).warn("Cannot read the results of " + experiment.getFullPath(), e);
			}
			return problem;
		} catch (CancellationException e) {
			throw e;
		} catch (RuntimeException e) {
			// of a folder that nobody has thought of; the next round may be well again
			Curves problem = nothing(asked, "The results cannot be shown: " + e);
			if (problem != null) {
				ILog.of(CurvesJob.class).error("Cannot show the results of " + experiment.getFullPath(), e);
			}
			return problem;
		}
	}

	private String withoutPlan(Path folder) {
		boolean underWay = ExperimentRuns.shows(experiment);
		if (planned) {
			return underWay ? "The results folder was deleted during the run: " + folder + "\n\nStop the run and start it again."
					: "The results were deleted.\n\nExperiment > Run (Ctrl+R) makes them again.";
		}
		return underWay ? "The run is starting."
				: ExperimentRuns.failure(experiment, Optional.empty())
						.orElse("Not run yet.\n\nExperiment > Run (Ctrl+R) runs it.");
	}

	/** Also keeps it as what is shown from now on. */
	private boolean isShown(Object next) {
		boolean same = next.equals(shown);
		shown = next;
		return same;
	}

	private Curves nothing(Wish asked, String hint) {
		return isShown(List.of(asked, hint)) ? null : Curves.none(asked, "", List.of(), hint);
	}

	/** What is asked for most comes first: how it goes on the targets, then within a trial, then on the sources. */
	private List<ChartModel> charts(Results now) {
		List<String> arms = now.plan().comparison().strategies();
		List<String> trained = new ArrayList<>();
		List<String> judged = new ArrayList<>();
		for (String target : now.plan().comparison().targets()) {
			(judgedOnly(now, target) ? judged : trained).add(target);
		}
		List<ChartModel> charts = new ArrayList<>(
				TransferCharts.liveLearningCurves(arms, trained, now.adaptations(), LIVE));
		giveUpIfCancelled();
		charts.addAll(TrialCharts.liveEpisodes(arms, now.plan().comparison().targets(), now.adaptations(), LIVE));
		giveUpIfCancelled();
		charts.addAll(TrialCharts.liveReturns(arms, judged, now.adaptations(), LIVE));
		giveUpIfCancelled();
		charts.addAll(TrainingCurves.of(arms, now.acquisitions(), LIVE));
		return charts;
	}

	/** What the report warns of, for example of arms that ended no better than the random policy. */
	private List<String> warnings(ResultStore store, Results now, RunStatus status) throws IOException {
		if (!status.equals(analysed) && !now.finished().isEmpty()) {
			giveUpIfCancelled();
			Optional<Experiment> experiment = !Files.isRegularFile(store.experimentFile()) ? Optional.empty()
					: ExperimentReader.read(Files.readString(store.experimentFile()), "experiment.yaml",
							Installation.current().catalog(), Map.of()).experiment();
			PlanFile plan = now.plan();
			// without the experiment and its plug-ins it is not known which arm is the baseline
			warnings = experiment.map(read -> TransferAnalyser.analyse(read, now.finished(), LIVE)).orElseGet(() -> TransferAnalyser
					.analyse(plan.comparison().strategies(), plan.comparison().strategies().get(0), plan.comparison().targets(),
							now.finished(), LIVE))
					.warnings();
			analysed = status;
		}
		return warnings;
	}

	private void giveUpIfCancelled() {
		if (cancelled) {
			throw new CancellationException("another experiment was chosen");
		}
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
