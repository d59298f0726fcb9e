package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.analysis.chart.ChartAxis;
import org.headstart.analysis.chart.PathChart;
import org.headstart.analysis.figure.TargetName;
import org.headstart.analysis.result.TraceResult;
import org.headstart.api.environment.Trace;

/** Charts of single episodes: what agents do, where curves show only how well they do it. */
public final class TraceCharts {

	/** Trials in a panel: as many as there are colours. */
	private static final int TRIALS = 8;

	private TraceCharts() {}

	/**
	 * One chart a target, or one for each number that is drawn over the steps; in it a panel for each arm, with episodes of the
	 * arm's first seed that has any. Of a trial of several episodes the first and the last are drawn.
	 *
	 * @param arms    labels, in order
	 * @param targets labels, in order
	 * @param traces  of any arm, target and seed
	 * @return charts for which there are data
	 */
	public static List<PathChart> of(List<String> arms, List<String> targets, List<TraceResult> traces) {
		List<PathChart> charts = new ArrayList<>();
		for (String target : targets) {
			List<TraceResult> of = new ArrayList<>();
			for (String arm : arms) {
				traces.stream()
						.filter(each -> each.target().equals(target) && each.strategy().equals(arm) && !each.episodes().isEmpty())
						.min(Comparator.comparingInt(TraceResult::seed)).ifPresent(of::add);
			}
			if (of.isEmpty()) {
				continue;
			}
			Trace trace = of.get(0).trace();
			of.removeIf(each -> !each.trace().equals(trace));
			String id = TransferCharts.id("traces", targets, target);
			if (trace.kind() == Trace.Kind.PLANE) {
				charts.add(plane(id, target, trace, of));
			} else {
				for (int number = 0; number < trace.names().size(); number++) {
					charts.add(overSteps(id + "-" + file(trace.names(), number), target, trace, number, of));
				}
			}
		}
		return charts;
	}

	/** Names come from environments and may hold any character. */
	private static String file(List<String> names, int number) {
		String slug = TransferCharts.slug(names.get(number));
		boolean alone = names.stream().filter(name -> TransferCharts.slug(name).equals(slug)).count() == 1;
		return alone && !slug.isEmpty() ? slug : slug + (number + 1);
	}

	private static PathChart plane(String id, String target, Trace trace, List<TraceResult> traces) {
		List<PathChart.Panel> panels = new ArrayList<>();
		for (TraceResult each : traces) {
			List<PathChart.Path> paths = new ArrayList<>();
			List<PathChart.Mark> marks = new ArrayList<>();
			trials(each).forEach((colour, episodes) -> {
				for (TraceResult.Episode episode : episodes) {
					boolean last = episode == episodes.get(episodes.size() - 1);
					paths.add(new PathChart.Path(colour, !last, episode.values()[0], episode.values()[1]));
					int end = episode.steps().length - 1;
					if (last && trace.names().size() == 4 && end >= 0) {
						marks.add(new PathChart.Mark(colour, episode.values()[2][end], episode.values()[3][end]));
					}
				}
			});
			panels.add(new PathChart.Panel(each.strategy(), faintFirst(paths), marks));
		}
		return new PathChart(id, "Paths, " + TargetName.shown(target),
				subtitle(traces, "path", trace.names().size() == 4 ? "; a cross of its colour marks its goal" : ""),
				axis(trace.names().get(0)), axis(trace.names().get(1)), false, true, panels);
	}

	private static PathChart overSteps(String id, String target, Trace trace, int number, List<TraceResult> traces) {
		String given = words(trace.names().get(number));
		String name = given.isBlank() ? "number " + (number + 1) : given;
		boolean logarithmic = trace.kind() == Trace.Kind.OVER_STEPS_LOGARITHMIC;
		List<PathChart.Panel> panels = new ArrayList<>();
		for (TraceResult each : traces) {
			List<PathChart.Path> paths = new ArrayList<>();
			trials(each).forEach((colour, episodes) -> {
				for (TraceResult.Episode episode : episodes) {
					boolean last = episode == episodes.get(episodes.size() - 1);
					path(colour, !last, episode, number, logarithmic).ifPresent(paths::add);
				}
			});
			panels.add(new PathChart.Panel(each.strategy(), faintFirst(paths), List.of()));
		}
		return new PathChart(id, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ", " + TargetName.shown(target),
				subtitle(traces, "line", ""), new ChartAxis("step", ""), axis(trace.names().get(number)), logarithmic, false,
				panels);
	}

	/** Values that the axis cannot show are left out. */
	private static Optional<PathChart.Path> path(int colour, boolean faint, TraceResult.Episode episode, int number,
			boolean logarithmic) {
		double[] x = new double[episode.steps().length];
		double[] y = new double[x.length];
		int count = 0;
		for (int i = 0; i < x.length; i++) {
			double value = episode.values()[number][i];
			if (Double.isFinite(value) && (!logarithmic || value > 0)) {
				x[count] = episode.steps()[i];
				y[count++] = value;
			}
		}
		return count == 0 ? Optional.empty()
				: Optional.of(new PathChart.Path(colour, faint, Arrays.copyOf(x, count), Arrays.copyOf(y, count)));
	}

	/** By the trial's colour: its first episode and its last. */
	private static SortedMap<Integer, List<TraceResult.Episode>> trials(TraceResult trace) {
		SortedMap<Integer, List<TraceResult.Episode>> byTrial = new TreeMap<>();
		trace.episodes().forEach(each -> byTrial.computeIfAbsent(each.trial(), key -> new ArrayList<>()).add(each));
		SortedMap<Integer, List<TraceResult.Episode>> byColour = new TreeMap<>();
		for (List<TraceResult.Episode> episodes : byTrial.values()) {
			if (byColour.size() < TRIALS) {
				episodes.sort(Comparator.comparingInt(TraceResult.Episode::number));
				byColour.put(byColour.size(), episodes.size() < 2 ? episodes
						: List.of(episodes.get(0), episodes.get(episodes.size() - 1)));
			}
		}
		return byColour;
	}

	private static List<PathChart.Path> faintFirst(List<PathChart.Path> paths) {
		return paths.stream().sorted(Comparator.comparing(path -> !path.faint())).toList();
	}

	private static String subtitle(List<TraceResult> traces, String what, String goal) {
		boolean faint = traces.stream().anyMatch(each -> trials(each).values().stream().anyMatch(of -> of.size() > 1));
		boolean trials = faint || traces.stream().flatMap(each -> each.episodes().stream()).anyMatch(each -> each.number() > 1);
		return "Episodes of the last evaluation, seed " + seeds(traces) + ": one " + what + (trials ? " a trial" : " an episode")
				+ ", the same tasks in every panel" + goal
				+ (faint ? ". Faint: a trial's first episode; full: the last that is kept." : ".");
	}

	private static String seeds(List<TraceResult> traces) {
		List<String> seeds = traces.stream().map(each -> String.valueOf(each.seed())).distinct().toList();
		return String.join(", ", seeds);
	}

	private static ChartAxis axis(String name) {
		return new ChartAxis(words(name), "");
	}

	private static String words(String name) {
		return name.replace('-', ' ');
	}
}
