package org.headstart.report.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.internal.PlannedDesign;
import org.headstart.analysis.internal.Results;
import org.headstart.analysis.result.TraceResult;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.Fact;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.results.PlanFile;
import org.headstart.engine.internal.results.PlanFile.PlannedStep;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.StepStatus;
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.engine.internal.text.ShellCommand;

/** What a results folder has to report. */
public final class RecordedRun {

	/** So many files that steps keep are named. */
	private static final int KEPT_SHOWN = 20;

	private RecordedRun() {}

	/**
	 * Reads a folder; a run may be under way in it.
	 *
	 * @param folder  the results folder
	 * @param catalog the contributions, from which the experiment is read
	 * @param leftOut is told of each step whose results are damaged; the report goes without them
	 * @return what the report is made from
	 * @throws ResultsException when the folder is damaged or has no finished adaptation
	 * @throws IOException      when it cannot be read
	 */
	public static RunReport read(Path folder, Supplier<Catalog> catalog, Consumer<String> leftOut) throws IOException {
		ResultStore store = new ResultStore(folder);
		Optional<RunStatus> status = Optional.empty();
		List<String> unread = new ArrayList<>();
		Results results = Results.read(folder);
		if (results.finished().isEmpty()) {
			throw new ResultsException("there is nothing to report yet: no adaptation is finished in " + folder
					+ (results.problems().isEmpty() ? "" : "\n" + String.join("\n", results.problems())));
		}
		try {
			status = store.status();
		} catch (ResultsException e) {
			unread.add(e.getMessage());
		}
		PlanFile plan = results.plan();
		String text = "";
		try {
			text = store.experimentText();
		} catch (ResultsException e) {
			unread.add(e.getMessage());
		}
		unread.addAll(results.problems());
		unread.forEach(leftOut);
		List<String> warnings = new ArrayList<>(unread);
		List<String> damagedTraces = new ArrayList<>();
		List<TraceResult> traces = Results.traces(folder, damagedTraces);
		damagedTraces.forEach(leftOut);
		warnings.addAll(damagedTraces);
		status.ifPresent(run -> warnings.addAll(run.notes()));
		Optional<Experiment> experiment = ExperimentReader
				.read(text, "experiment.yaml", catalog.get(), Map.of()).experiment();
		RunReport.Comparison comparison = new RunReport.Comparison(plan.comparison().strategies(), plan.comparison().baseline(),
				plan.comparison().targets(), plan.protocol().seeds(),
				plan.protocol().threshold() == null ? Double.NaN : plan.protocol().threshold(),
				experiment.map(PlannedDesign::of).orElse(ExperimentDesign.UNKNOWN));
		return new RunReport(plan.experiment(), plan.description(), comparison,
				new AnalysedRun.Results(results.finished(), results.acquisitions(), traces, outcomes(results.provenance())),
				new AnalysedRun.Origin(strategies(comparison.arms(), experiment), provenance(results.provenance()), text,
						ShellCommand.of(List.of("headstart", "run", store.experimentFile().toString(), "--out", "NEW-FOLDER"))),
				new RunReport.State(incomplete(store, plan, status), warnings,
						ZonedDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT))));
	}

	/** Strategies' ids stand in the experiment alone; without its plug-ins labels have to do. */
	private static List<String> strategies(List<String> arms, Optional<Experiment> experiment) {
		Map<String, String> ids = new LinkedHashMap<>();
		experiment.ifPresent(read -> read.strategies().forEach(arm -> ids.put(arm.label(), arm.strategy().id())));
		return arms.stream().map(label -> ids.getOrDefault(label, label)).toList();
	}

	private static List<Fact> outcomes(List<StepProvenance> steps) {
		Map<String, Fact> rows = new LinkedHashMap<>();
		steps.forEach(step -> step.outcomes().forEach(outcome -> rows.putIfAbsent(outcome.name(), new Fact(outcome.name(),
				outcome.description() + (outcome.unit().isEmpty() ? "" : " (" + outcome.unit() + ")")))));
		return List.copyOf(rows.values());
	}

	private static List<String> incomplete(ResultStore store, PlanFile plan, Optional<RunStatus> status) {
		Map<String, StepStatus> states = new LinkedHashMap<>();
		status.ifPresent(run -> run.steps().forEach(step -> states.put(step.key(), step)));
		List<String> lines = new ArrayList<>();
		for (PlannedStep step : plan.steps()) {
			if (!store.finished(step.key())) {
				StepStatus state = states.get(step.key());
				lines.add(step.label() + ": " + (state == null || state.message() == null ? RunReport.NO_RESULT_YET : state.message()));
			}
		}
		return lines;
	}

	private static List<Fact> provenance(List<StepProvenance> steps) {
		List<Fact> rows = new ArrayList<>();
		add(rows, "Java", steps, step -> step.machine().java());
		add(rows, "system", steps, step -> step.machine().system());
		add(rows, "processor", steps, step -> step.machine().processor());
		add(rows, "networks run by", steps, StepProvenance::backend);
		add(rows, "root seed", steps, step -> Long.toString(step.rootSeed()));
		Set<String> bundles = new LinkedHashSet<>();
		steps.forEach(step -> bundles.addAll(step.versions().keySet()));
		for (String bundle : bundles) {
			add(rows, bundle, steps, step -> step.versions().get(bundle));
		}
		Set<String> kept = new LinkedHashSet<>();
		steps.forEach(step -> kept.addAll(kept(step)));
		if (!kept.isEmpty()) {
			rows.add(new Fact("files in the folders of steps", kept.stream().limit(KEPT_SHOWN).collect(Collectors.joining(", "))
					+ (kept.size() > KEPT_SHOWN ? " and " + (kept.size() - KEPT_SHOWN) + " more" : "")));
		}
		return rows;
	}

	private static List<String> kept(StepProvenance step) {
		List<String> files = new ArrayList<>();
		if (step.kept() != null && step.kept().trials() != null) {
			files.add(ResultStore.TRIALS);
		}
		if (step.kept() != null && step.kept().artefacts() != null) {
			step.kept().artefacts().forEach(artefact -> files.add(artefact.file()));
		}
		return files;
	}

	private static void add(List<Fact> rows, String name, List<StepProvenance> steps, Function<StepProvenance, String> value) {
		Set<String> values = new LinkedHashSet<>();
		for (StepProvenance step : steps) {
			String each = value.apply(step);
			if (each != null) {
				values.add(each);
			}
		}
		if (!values.isEmpty()) {
			rows.add(new Fact(name, String.join("; ", values)));
		}
	}
}
