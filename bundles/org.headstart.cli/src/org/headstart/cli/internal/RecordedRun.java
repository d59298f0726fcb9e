package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
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
import java.util.function.Function;
import java.util.stream.Collectors;

import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.internal.PlannedDesign;
import org.headstart.analysis.internal.Results;
import org.headstart.analysis.result.TraceResult;
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
import org.headstart.report.internal.RunReport;
import org.headstart.report.internal.RunReport.Arm;
import org.headstart.report.internal.RunReport.Row;
import org.headstart.runtime.internal.Installation;

/** What a results folder has to report. */
final class RecordedRun {

	/** So many files that steps keep are named. */
	private static final int KEPT_SHOWN = 20;

	private RecordedRun() {}

	/**
	 * Reads a folder; a run may be under way in it.
	 *
	 * @param folder the results folder
	 * @param err    where steps are named whose results are damaged; the report goes without them
	 * @return what the report is made from
	 * @throws CommandFailure when it is no results folder, damaged, or without any finished adaptation
	 * @throws IOException    when it cannot be read
	 */
	static RunReport read(Path folder, PrintWriter err) throws CommandFailure, IOException {
		ResultStore store = new ResultStore(ResultsFolder.existing(folder));
		Results results;
		Optional<RunStatus> status = Optional.empty();
		List<String> unread = new ArrayList<>();
		try {
			results = Results.read(folder);
		} catch (ResultsException e) {
			throw new CommandFailure(ExitCode.NOT_FOUND, e.getMessage(), e);
		}
		if (results.finished().isEmpty()) {
			throw new CommandFailure(ExitCode.NOT_FOUND, "there is nothing to report yet: no adaptation is finished in " + folder
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
		unread.forEach(problem -> err.println("headstart: left out: " + problem));
		List<String> warnings = new ArrayList<>(unread);
		List<String> damagedTraces = new ArrayList<>();
		List<TraceResult> traces = Results.traces(folder, damagedTraces);
		damagedTraces.forEach(problem -> err.println("headstart: left out: " + problem));
		warnings.addAll(damagedTraces);
		status.ifPresent(run -> warnings.addAll(run.notes()));
		Optional<Experiment> experiment = ExperimentReader
				.read(text, "experiment.yaml", Installation.current().catalog(), Map.of()).experiment();
		return new RunReport(plan.experiment(), plan.description(), text, arms(plan, experiment), plan.comparison().baseline(),
				plan.comparison().targets(),
				plan.protocol().seeds(), plan.protocol().threshold() == null ? Double.NaN : plan.protocol().threshold(),
				experiment.map(PlannedDesign::of).orElse(ExperimentDesign.UNKNOWN), results.finished(), results.acquisitions(), traces,
				outcomes(results.provenance()), provenance(results.provenance()), incomplete(store, plan, status), warnings,
				ShellCommand.of(List.of("headstart", "run", store.experimentFile().toString(), "--out", "NEW-FOLDER")),
				ZonedDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT)));
	}

	/** Strategies' ids stand in the experiment alone; without its plug-ins labels have to do. */
	private static List<Arm> arms(PlanFile plan, Optional<Experiment> experiment) {
		Map<String, String> ids = new LinkedHashMap<>();
		experiment.ifPresent(read -> read.strategies().forEach(arm -> ids.put(arm.label(), arm.strategy().id())));
		return plan.comparison().strategies().stream().map(label -> new Arm(label, ids.getOrDefault(label, label))).toList();
	}

	private static List<Row> outcomes(List<StepProvenance> steps) {
		Map<String, Row> rows = new LinkedHashMap<>();
		steps.forEach(step -> step.outcomes().forEach(outcome -> rows.putIfAbsent(outcome.name(), new Row(outcome.name(),
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

	private static List<Row> provenance(List<StepProvenance> steps) {
		List<Row> rows = new ArrayList<>();
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
			rows.add(new Row("files in the folders of steps", kept.stream().limit(KEPT_SHOWN).collect(Collectors.joining(", "))
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

	private static void add(List<Row> rows, String name, List<StepProvenance> steps, Function<StepProvenance, String> value) {
		Set<String> values = new LinkedHashSet<>();
		for (StepProvenance step : steps) {
			String each = value.apply(step);
			if (each != null) {
				values.add(each);
			}
		}
		if (!values.isEmpty()) {
			rows.add(new Row(name, String.join("; ", values)));
		}
	}
}
