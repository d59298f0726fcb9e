package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.DataSet.Split;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.EnvironmentDescription;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.settings.SettingEntry;
import org.headstart.api.settings.Spelling;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.catalog.TaskFamilies;
import org.headstart.engine.internal.experiment.ExperimentFormat;
import org.headstart.runtime.internal.ExampleExperiments.Example;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the settings of a contribution, the keys of experiment files, or a shipped example's text. */
@Command(name = "describe", description = "Prints settings with defaults, ranges, units and documentation.", footer = {"",
		"The text of an example is printed unchanged:",
		"  headstart describe point-goal-transfer > mine.experiment.yaml"})
final class DescribeCommand implements Callable<Integer> {

	/** Indentation of all lines of an entry but the first. */
	private static final String BELOW = "      ";

	@Parameters(paramLabel = "ID",
			description = "An id or an example from 'headstart list', or 'experiment' for the keys of experiment files.")
	private String id;

	@Option(names = "--json", description = "Print JSON, for scripts.")
	private boolean json;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter out = spec.commandLine().getOut();
		if (id.equals("experiment")) {
			List<SettingEntry> keys = ExperimentFormat.entries();
			if (json) {
				JsonOutput.print(List.of(DescriptionJson.ofExperimentFiles(id, keys)), out);
			} else {
				out.println(Terminal.OUT.bold("experiment") + "  the keys of a file NAME.experiment.yaml");
				print(keys, "  ", out);
			}
			return ExitCode.OK;
		}
		Installation installation = Installation.current();
		Catalog catalog = installation.catalog();
		Map<String, SortedMap<String, ? extends Contribution<?>>> all = new LinkedHashMap<>();
		all.put("environment", catalog.environments());
		all.put("wrapper", catalog.wrappers());
		all.put("backbone", catalog.backbones());
		all.put("learner", catalog.learners());
		all.put("loss", catalog.losses());
		all.put("strategy", catalog.strategies());
		all.put("executor", catalog.executors());
		List<DescriptionJson> documents = new ArrayList<>();
		boolean found = false;
		for (Map.Entry<String, SortedMap<String, ? extends Contribution<?>>> kind : all.entrySet()) {
			Contribution<?> contribution = kind.getValue().get(id);
			if (contribution == null) {
				continue;
			}
			found = true;
			List<SettingEntry> settings = contribution.schema().entries();
			Optional<TaskFamily> family = kind.getValue() == catalog.environments() ? family(catalog.environments().get(id))
					: Optional.empty();
			if (json) {
				documents.add(DescriptionJson.of(kind.getKey(), contribution, settings, family));
			} else {
				describe(kind.getKey(), contribution, settings, out);
				family.ifPresent(made -> print(made, out));
			}
		}
		Optional<Example> example = found ? Optional.empty() : installation.examples().find(id);
		if (example.isPresent() && json) {
			documents.add(DescriptionJson.of(example.get()));
		} else if (example.isPresent()) {
			out.print(Terminal.exact(example.get().text()));
			return ExitCode.OK;
		}
		if (!documents.isEmpty()) {
			JsonOutput.print(documents, out);
			return ExitCode.OK;
		}
		if (!found) {
			List<String> known = new ArrayList<>(List.of("experiment"));
			all.values().forEach(contributions -> known.addAll(contributions.keySet()));
			known.addAll(installation.examples().all().keySet());
			throw new CommandFailure(ExitCode.NOT_FOUND,
					"nothing is installed under the name '" + id + "'"
							+ Spelling.nearest(id, known).map(near -> "; did you mean '" + near + "'?").orElse(".")
							+ " 'headstart list' shows what there is.");
		}
		return ExitCode.OK;
	}

	private static void describe(String kind, Contribution<?> contribution, List<SettingEntry> settings, PrintWriter out) {
		print("", Terminal.OUT.bold(contribution.id()) + "  " + contribution.name() + " (" + kind + ", bundle "
				+ contribution.bundle() + ")", "  ", out);
		print("  ", contribution.description(), "  ", out);
		if (settings.isEmpty()) {
			out.println("  It has no settings.");
		} else {
			out.println();
			print(settings, "  ", out);
		}
	}

	/** The family with the default settings; empty if a setting is required or if the defaults contradict each other. */
	private static Optional<TaskFamily> family(Contribution<Environment<?>> contribution) {
		Record settings = contribution
				.call("the settings record", () -> contribution.schema().bind(Map.of(), List.of(), Installation.current().catalog()))
				.settings();
		try {
			return settings == null ? Optional.empty() : Optional.of(TaskFamilies.of(contribution, settings));
		} catch (RefusedException e) {
			return Optional.empty();
		}
	}

	private static void print(TaskFamily family, PrintWriter out) {
		EnvironmentDescription environment = family.environment();
		out.println();
		out.println("  With the default settings:");
		print("  ", observed(environment) + " observed, " + actions(environment.actionSpace())
				+ ", episodes of at most "
				+ (environment.maxEpisodeSteps() == 1 ? "1 step" : environment.maxEpisodeSteps() + " steps"), "  ", out);
		if (!family.parameters().isEmpty()) {
			out.println("  parameters of a task:");
		}
		for (ParameterGroup group : family.parameters()) {
			print("    ", Terminal.OUT.bold(group.toString()) + range(group), BELOW, out);
		}
		out.println("  tasks:");
		for (TaskSet set : family.taskSets()) {
			print("    ", Terminal.OUT.bold(set.name()) + ": " + set.description() + " (" + set.role()
					+ (set.role().heldOut() ? ", held out)" : ")") + examples(family.dataSets().get(set.name())), BELOW, out);
		}
		if (!environment.outcomes().isEmpty()) {
			out.println("  outcomes, beside the return:");
		}
		for (Outcome outcome : environment.outcomes()) {
			print("    ", Terminal.OUT.bold(outcome.name()) + ": " + outcome.description()
					+ (outcome.unit().isEmpty() ? "" : ", in " + outcome.unit()), BELOW, out);
		}
		if (!family.references().isEmpty()) {
			out.println("  algorithms to compare with, for the strategy 'reference':");
		}
		for (ReferenceAlgorithm reference : family.references()) {
			print("    ", Terminal.OUT.bold(reference.name()) + ": " + reference.description()
					+ (reference.seesTask() ? " (is shown the task)" : "") + parameter(reference), BELOW, out);
		}
	}

	/** Empty for a task set without a data set. */
	private static String examples(DataSet dataSet) {
		return dataSet == null ? ""
				: "; " + (dataSet.labels().isPresent() ? "labelled" : "unlabelled") + " examples: " + dataSet.size(Split.TRAIN)
						+ " to learn from, " + dataSet.size(Split.TEST) + " to be judged by";
	}

	private static String observed(EnvironmentDescription environment) {
		return environment.observationParts().stream().map(part -> part.name().equals(ObservationSpace.STATE) && !part.isBytes()
				? numbers(part.bounds().orElseThrow())
				: part.toString()).collect(Collectors.joining(" and "));
	}

	private static String parameter(ReferenceAlgorithm reference) {
		return reference.parameter().isEmpty() ? ""
				: "; parameter: " + reference.parameter() + ", default " + (Double.isNaN(reference.defaultParameter())
						? "chosen by the algorithm"
						: number(reference.defaultParameter()));
	}

	private static String range(ParameterGroup group) {
		String unit = group.unit().isEmpty() ? "" : " " + group.unit();
		if (group.low() == group.high()) {
			return ": " + number(group.low()) + unit;
		}
		String range = range(": ", group.low(), group.high());
		return (range.isEmpty() ? ": any number" : range) + unit
				+ (Double.isNaN(group.nominal()) ? "" : ", nominally " + number(group.nominal()));
	}

	private static String actions(ActionSpace space) {
		return switch (space) {
			case DiscreteSpace discrete -> "a choice of " + discrete.count() + " actions";
			case MultiDiscreteSpace choices -> choices.toString();
			case BoxSpace box -> "actions of " + numbers(box);
		};
	}

	private static String numbers(BoxSpace box) {
		return box.size() == 1 ? "1 number" : box.size() + " numbers";
	}

	private static void print(List<SettingEntry> entries, String indent, PrintWriter out) {
		for (SettingEntry entry : entries) {
			StringBuilder line = new StringBuilder(Terminal.OUT.bold(entry.key()));
			line.append(": ").append(entry.type());
			if (!entry.unit().isEmpty() && !entry.type().contains(entry.unit())) {
				line.append(", in ").append(entry.unit());
			}
			line.append(range(entry));
			line.append(entry.byDefault().map(value -> ", default " + value).orElse(", required"));
			print(indent, line.toString(), indent + "  ", out);
			print(indent + "    ", entry.doc(), indent + "    ", out);
			entry.nested().ifPresent(nested -> print(nested.entries(), indent + "    ", out));
		}
	}

	private static void print(String indent, String text, String below, PrintWriter out) {
		TextLayout.wrap(indent + text, Terminal.OUT.width(), below.length()).forEach(out::println);
	}

	private static String range(SettingEntry entry) {
		return range(", ", entry.min(), entry.max()) + range(", usually ", entry.plausibleMin(), entry.plausibleMax());
	}

	private static String range(String before, double min, double max) {
		boolean low = min != Double.NEGATIVE_INFINITY;
		boolean high = max != Double.POSITIVE_INFINITY;
		if (low && high) {
			return before + number(min) + " to " + number(max);
		}
		return low ? before + "at least " + number(min) : high ? before + "at most " + number(max) : "";
	}

	private static String number(double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value)
				: Double.toString(value).replaceFirst("(\\.0)?E", "e");
	}
}
