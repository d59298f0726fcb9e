package org.headstart.analysis.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import org.headstart.analysis.result.AcquisitionResult;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.Counted;
import org.headstart.analysis.result.TraceResult;
import org.headstart.api.environment.Trace;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.MetricsTable;
import org.headstart.engine.internal.results.PlanFile;
import org.headstart.engine.internal.results.PlanFile.PlannedStep;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.engine.internal.results.StepTiming;
import org.headstart.engine.internal.results.TraceTable;

/**
 * What a results folder says, finished or under way. Immutable; read again to see more.
 *
 * @param plan         the plan
 * @param adaptations  the adaptations that have at least one evaluation, in the plan's order
 * @param complete     for each adaptation, whether it is finished
 * @param acquisitions how agents were judged on each source while they learned there, finished or not, in the plan's order
 * @param provenance   where each finished step comes from, acquisitions too
 * @param problems     one message for each step whose files cannot be read; such steps are left out, unless only their timing is
 *                     damaged
 */
public record Results(PlanFile plan, List<AdaptationResult> adaptations, List<Boolean> complete,
		List<AcquisitionResult> acquisitions, List<StepProvenance> provenance, List<String> problems) {

	/** Defensive copies. */
	public Results {
		adaptations = List.copyOf(adaptations);
		complete = List.copyOf(complete);
		acquisitions = List.copyOf(acquisitions);
		provenance = List.copyOf(provenance);
		problems = List.copyOf(problems);
	}

	/** @return the finished adaptations only: what a report judges */
	public List<AdaptationResult> finished() {
		List<AdaptationResult> finished = new ArrayList<>();
		for (int i = 0; i < adaptations.size(); i++) {
			if (complete.get(i)) {
				finished.add(adaptations.get(i));
			}
		}
		return finished;
	}

	/**
	 * Reads a folder. A run may be under way in it.
	 *
	 * @param folder the results folder
	 * @return what it says
	 * @throws ResultsException when it is not a results folder, or its plan is damaged
	 * @throws IOException      when it cannot be read
	 */
	public static Results read(Path folder) throws IOException {
		return read(folder, () -> false);
	}

	/**
	 * Reads a folder as {@link #read(Path)} does, unless the reader loses interest.
	 *
	 * @param folder    the results folder
	 * @param cancelled asked before each step is read, whether to give up
	 * @return what it says
	 * @throws CancellationException when given up
	 * @throws ResultsException      when it is not a results folder, or its plan is damaged
	 * @throws IOException           when it cannot be read
	 */
	public static Results read(Path folder, BooleanSupplier cancelled) throws IOException {
		ResultStore store = new ResultStore(folder);
		PlanFile plan = store.plan().orElseThrow(() -> new ResultsException(
				folder + " is not a results folder: it has no plan.json. Name the folder that a run was told to write into."));
		List<AdaptationResult> adaptations = new ArrayList<>();
		List<Boolean> complete = new ArrayList<>();
		List<AcquisitionResult> acquisitions = new ArrayList<>();
		List<StepProvenance> provenance = new ArrayList<>();
		Set<String> problems = new LinkedHashSet<>();
		Map<String, PlannedStep> byKey = new HashMap<>();
		Map<String, List<String>> warnings = new HashMap<>();
		for (PlannedStep step : plan.steps()) {
			byKey.put(step.key(), step);
		}
		for (PlannedStep step : plan.steps()) {
			if (cancelled.getAsBoolean()) {
				throw new CancellationException("reading " + folder + " was given up");
			}
			try {
				boolean finished = store.finished(step.key());
				if (!finished) {
					// what stands at a result's place and is none is damaged
					store.verify(step.key());
				}
				StepProvenance from = finished ? store.provenance(step.key()) : null;
				if (finished) {
					warnings.put(step.key(), from.warnings());
				}
				if (step.adapts()) {
					Optional<AdaptationResult> result = adaptation(store, plan, step, from, byKey, warnings, problems);
					if (result.isPresent()) {
						adaptations.add(result.get());
						complete.add(finished);
					}
				} else {
					store.metrics(step.key()).ifPresent(metrics -> acquisitions.addAll(acquisitions(step, metrics)));
				}
				if (finished) {
					provenance.add(from);
				}
			} catch (IOException e) {
				problems.add(step.label() + ": " + ResultsException.reading(store.step(step.key()), e).getMessage());
			}
		}
		return new Results(plan, adaptations, complete, acquisitions, provenance, List.copyOf(problems));
	}

	/** One result for each source that the agents were judged on, in the order of time. */
	private static List<AcquisitionResult> acquisitions(PlannedStep step, MetricsTable metrics) {
		Map<String, SortedMap<Long, Double>> curves = new LinkedHashMap<>();
		for (MetricsRow row : metrics.rows()) {
			curves.computeIfAbsent(row.task(), task -> new TreeMap<>()).put(row.steps(), row.returnMean());
		}
		List<AcquisitionResult> results = new ArrayList<>();
		curves.forEach((source, curve) -> results.add(
				new AcquisitionResult(step.strategies(), source, step.seed(), numbers(curve.keySet()), numbers(curve.values()),
						step.counted())));
		return results;
	}

	private static double[] numbers(Collection<? extends Number> values) {
		return values.stream().mapToDouble(Number::doubleValue).toArray();
	}

	/**
	 * The single episodes that are kept with each arm's first finished seed on each target.
	 *
	 * @param folder   the results folder
	 * @param problems receives one message for each step whose trace is damaged; the next seed's takes its place
	 * @return what there is to draw
	 * @throws IOException when the folder's plan cannot be read
	 */
	public static List<TraceResult> traces(Path folder, List<String> problems) throws IOException {
		ResultStore store = new ResultStore(folder);
		List<TraceResult> traces = new ArrayList<>();
		Set<List<String>> seen = new HashSet<>();
		for (PlannedStep step : store.plan().map(PlanFile::steps).orElse(List.of())) {
			if (step.adapts() && store.finished(step.key()) && !seen.contains(List.of(step.strategies().get(0), step.target()))) {
				Optional<TraceTable> table;
				try {
					table = store.traces(step.key());
				} catch (ResultsException e) {
					problems.add(step.label() + ": " + e.getMessage());
					continue;
				}
				if (table.isPresent()) {
					seen.add(List.of(step.strategies().get(0), step.target()));
					traces.add(trace(step, table.get()));
				}
			}
		}
		return traces;
	}

	private static TraceResult trace(PlannedStep step, TraceTable table) {
		int names = table.names().size();
		List<TraceResult.Episode> episodes = new ArrayList<>();
		List<TraceTable.Row> rows = table.rows();
		for (int from = 0, to; from < rows.size(); from = to) {
			TraceTable.Row first = rows.get(from);
			to = from;
			while (to < rows.size() && rows.get(to).trial() == first.trial() && rows.get(to).episode() == first.episode()) {
				to++;
			}
			double[] steps = new double[to - from];
			double[][] values = new double[names][to - from];
			for (int i = from; i < to; i++) {
				steps[i - from] = rows.get(i).step();
				for (int name = 0; name < names; name++) {
					values[name][i - from] = rows.get(i).values().get(name);
				}
			}
			episodes.add(new TraceResult.Episode(first.trial(), first.episode(), steps, values));
		}
		return new TraceResult(step.strategies().get(0), step.target(), step.seed(), new Trace(table.kind(), table.names()),
				episodes);
	}

	private static Optional<AdaptationResult> adaptation(ResultStore store, PlanFile plan, PlannedStep step,
			StepProvenance provenance, Map<String, PlannedStep> byKey, Map<String, List<String>> warnings,
			Set<String> problems) throws IOException {
		List<MetricsRow> rows = store.metrics(step.key()).map(MetricsTable::rows).orElse(List.of()).stream()
				.filter(row -> !row.aside()).toList();
		if (rows.isEmpty()) {
			if (provenance != null) {
				throw new ResultsException(store.step(step.key()).resolve(ResultStore.METRICS) + " has no evaluation");
			}
			return Optional.empty();
		}
		// where two phases judge at one step count, the later one is the agent that goes on
		SortedMap<Long, Double> curve = new TreeMap<>();
		SortedMap<Integer, Double> shotReturns = new TreeMap<>();
		for (MetricsRow row : rows) {
			curve.put(row.steps(), row.returnMean());
			if (row.shots() == 0 || plan.protocol().shots().contains(row.shots())) {
				shotReturns.put(row.shots(), row.returnMean());
			}
		}
		MetricsRow last = rows.get(rows.size() - 1);
		Set<String> acquisitions = new HashSet<>();
		collect(step, byKey, acquisitions);
		long sourceSteps = 0;
		SortedSet<BudgetUnit> sourceUnits = new TreeSet<>();
		double sourceSeconds = 0;
		List<String> doubts = new ArrayList<>();
		for (String key : acquisitions) {
			warnings.getOrDefault(key, List.of()).forEach(warning -> doubts.add("before it, " + warning));
			StepTiming timing = timing(store, byKey.get(key), problems);
			sourceSteps += timing.environmentSteps();
			sourceUnits.add(byKey.get(key).counted());
			sourceSeconds += timing.processorSeconds();
		}
		doubts.addAll(warnings.getOrDefault(step.key(), List.of()));
		StepTiming timing = timing(store, step, problems);
		double random = provenance == null || provenance.randomReturn() == null ? Double.NaN : provenance.randomReturn();
		return Optional.of(new AdaptationResult(step.strategies().get(0), step.target(), step.seed(),
				numbers(curve.keySet()), numbers(curve.values()), shotReturns, random, sourceSteps, sourceSeconds,
				timing.environmentSteps(), timing.processorSeconds(), last.outcomes(), numbers(last.episodeReturns()),
				doubts, new Counted(sourceUnits, new TreeSet<>(Set.of(step.counted())))));
	}

	/** Whose timing is damaged is a result all the same. */
	private static StepTiming timing(ResultStore store, PlannedStep step, Set<String> problems) throws IOException {
		try {
			return store.timing(step.key());
		} catch (ResultsException e) {
			problems.add(step.label() + ": what it took is not known: " + e.getMessage());
			return StepTiming.unknown(store.finished(step.key()) ? store.provenance(step.key()).environmentSteps() : 0);
		}
	}

	private static void collect(PlannedStep step, Map<String, PlannedStep> byKey, Set<String> into) {
		for (String need : step.needs()) {
			if (into.add(need)) {
				collect(byKey.get(need), byKey, into);
			}
		}
	}
}
