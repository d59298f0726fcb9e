package org.headstart.engine.internal.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.AcquisitionCheck.Acquired;
import org.headstart.engine.internal.experiment.Experiment.Checkpointing;
import org.headstart.engine.internal.experiment.Experiment.Equipment;
import org.headstart.engine.internal.experiment.Experiment.LossUse;
import org.headstart.engine.internal.experiment.Experiment.Protocol;
import org.headstart.engine.internal.experiment.Experiment.Running;
import org.headstart.engine.internal.experiment.Experiment.Tasks;
import org.headstart.engine.internal.experiment.ExperimentFormat.Values;

/**
 * Reads experiment files and finds all that is wrong with them at once. Makes task families and asks strategies for their
 * acquisitions, but builds no network: reading a file does not load DL4J.
 */
public final class ExperimentReader {

	/** How bad a problem is. */
	public enum Severity {
		/** The experiment cannot be run. */
		ERROR,
		/** It can be run, but may not do what is meant. */
		WARNING
	}

	/**
	 * Something wrong with an experiment file.
	 *
	 * @param severity how bad
	 * @param source   the file, or the option of the command line
	 * @param line     from 1; 0 for the whole source
	 * @param column   from 1; 0 for the whole source
	 * @param key      the path of the setting with dots, for example {@code strategies.1.layers}; empty for the whole
	 * @param message  what is wrong and what would be right
	 */
	public record Problem(Severity severity, String source, int line, int column, String key, String message) {

		private static final int LONGEST_KEY = 200;
		private static final int LONGEST_MESSAGE = 1500;

		/** One line that can be read, whatever texts of the file it quotes. */
		public Problem {
			key = oneLine(key, LONGEST_KEY);
			message = oneLine(message, LONGEST_MESSAGE);
		}

		/** Without the middle of what is too long: what is wrong stands at the beginning, what would be right at the end. */
		private static String oneLine(String text, int longest) {
			String line = text.replace("\n", "\\n").replace("\r", "\\r");
			int left = longest / 2;
			return line.length() <= longest ? line : line.substring(0, left) + " … (" + (line.length() - 2 * left)
					+ " characters) … " + line.substring(line.length() - left);
		}

		@Override
		public String toString() {
			return source + (line > 0 ? ":" + line + ":" + column : "") + ": "
					+ (severity == Severity.WARNING ? "warning: " : "") + (key.isEmpty() ? "" : key + ": ") + message;
		}
	}

	/**
	 * What a file says.
	 *
	 * @param experiment the experiment; empty when there are errors
	 * @param problems   errors and warnings, sorted by line
	 * @param frozenText the file with all defaults and overrides written out, which reads back to the same experiment; empty
	 *                   when there are errors
	 */
	public record Reading(Optional<Experiment> experiment, List<Problem> problems, String frozenText) {

		/** Defensive copy. */
		public Reading {
			problems = List.copyOf(problems);
		}
	}

	private final Findings found;
	private final Catalog catalog;
	/** Labels of each entry, by list. */
	private final Map<String, List<List<String>>> labels = new HashMap<>();

	private ExperimentReader(String source, Catalog catalog) {
		found = new Findings(source);
		this.catalog = catalog;
	}

	/**
	 * Reads a file, or what comes out of a pipe.
	 *
	 * @param file      the file, UTF-8
	 * @param catalog   the contributions that there are
	 * @param overrides values that replace the file's: dotted path to YAML
	 * @return the experiment, or what is wrong; never throws for what a file holds
	 */
	public static Reading read(Path file, Catalog catalog, Map<String, String> overrides) {
		String name = file.toString();
		if (!Files.exists(file)) {
			return refused(name, "there is no such file");
		}
		if (Files.isDirectory(file)) {
			return refused(name, "is a folder, not an experiment file");
		}
		try (InputStream in = Files.newInputStream(file)) {
			return read(in, name, catalog, overrides);
		} catch (IOException e) {
			return refused(name, "cannot be read: " + e);
		}
	}

	/**
	 * Reads a stream to its end, or as far as an experiment can be long.
	 *
	 * @param in         UTF-8; not closed
	 * @param sourceName names it in problems
	 * @param catalog    the contributions that there are
	 * @param overrides  values that replace the text's: dotted path to YAML
	 * @return the experiment, or what is wrong
	 */
	public static Reading read(InputStream in, String sourceName, Catalog catalog, Map<String, String> overrides) {
		try {
			byte[] bytes = in.readNBytes(YamlSource.LONGEST_TEXT + 1);
			if (bytes.length > YamlSource.LONGEST_TEXT) {
				return refused(sourceName, "is too large for an experiment: more than 1 MiB");
			}
			return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), sourceName, catalog,
					overrides);
		} catch (CharacterCodingException e) {
			return refused(sourceName, "is not UTF-8 text; save it as UTF-8 (is it a binary file?)");
		} catch (IOException e) {
			return refused(sourceName, "cannot be read: " + e);
		}
	}

	private static Reading refused(String source, String message) {
		return new Reading(Optional.empty(), List.of(new Problem(Severity.ERROR, source, 0, 0, "", message)), "");
	}

	/**
	 * Reads a text.
	 *
	 * @param text       YAML
	 * @param sourceName names the text in problems
	 * @param catalog    the contributions that there are
	 * @param overrides  values that replace the text's: dotted path to YAML
	 * @return the experiment, or what is wrong; never throws for what the text holds
	 */
	public static Reading read(String text, String sourceName, Catalog catalog, Map<String, String> overrides) {
		Map<String, List<List<String>>> labels = Map.of();
		if (!overrides.isEmpty()) {
			// list elements may be meant by the labels that they have without the overrides
			ExperimentReader without = new ExperimentReader(sourceName, catalog);
			without.read(text, Map.of(), labels);
			labels = without.labels;
		}
		return new ExperimentReader(sourceName, catalog).read(text, overrides, labels);
	}

	private Reading read(String text, Map<String, String> overrides, Map<String, List<List<String>>> knownLabels) {
		if (!found.parse(text)) {
			return failed();
		}
		found.override(overrides, knownLabels);
		if (found.root().get("headstart") instanceof Located version && version.value() instanceof Long number
				&& number != ExperimentFormat.VERSION) {
			// nothing else can be said of a format that is not known
			found.problem(List.of("headstart"), "this Headstart reads format " + ExperimentFormat.VERSION + ", not " + number
					+ (number > ExperimentFormat.VERSION ? "; the file needs a newer Headstart" : ""));
			return failed();
		}
		SettingsSchema.Bound bound = ExperimentFormat.VALUES.bind(found.root().plainMap(), ExperimentFormat.CONTRIBUTIONS);
		found.unbound(List.of(), ExperimentFormat.VALUES, bound);
		ContributionReader contributions = new ContributionReader(found, catalog);
		Optional<Choice<Backbone<?>>> backbone = contributions.choice("backbone", catalog.backbones());
		Optional<Choice<Learner<?>>> learner = contributions.choice("learner", catalog.learners());
		List<LossUse> losses = contributions.losses();
		executorByDefault();
		Optional<Choice<Executor<?>>> executor = contributions.choice("executor", catalog.executors());
		TaskEntryReader tasks = new TaskEntryReader(found, contributions, catalog);
		List<TaskEntry> sourceEntries = tasks.entries("source", false);
		List<TaskEntry> targetEntries = tasks.entries("target", true);
		ArmEntryReader armReader = new ArmEntryReader(found, contributions, catalog);
		List<ArmEntry> armEntries = armReader.entries();
		TaskExpansion expansion = new TaskExpansion(found, labels);
		List<TaskEntry.Labelled> sources = expansion.tasks("source", sourceEntries, List.of());
		List<TaskEntry.Labelled> targets = expansion.tasks("target", targetEntries, sources);
		Values values = (Values) bound.settings();
		SpaceCheck spaces = new SpaceCheck(found);
		ApplicationCheck application = new ApplicationCheck(found);
		application.losses(losses, learner, armEntries, targetEntries);
		List<LossUse> applied = found.hasErrors() ? List.of() : losses;
		Optional<Choice<Learner<?>>> applying = learner.map(choice -> LearnerWithLosses.of(choice, applied));
		List<MetArm> arms = armReader.arms(armEntries, backbone, applying, applied, expansion, sources, labels);
		List<Acquired> acquired = new AcquisitionCheck(found, spaces).acquired(arms, sources, targets);
		application.strategies(arms, targetEntries);
		if (values != null) {
			new SizeCheck(found, values).check(sources, targets, arms.size());
			new TrainingCheck(found, spaces, new NetworkCheck(found, catalog, executor), values, arms).check(!losses.isEmpty(), acquired,
					sources, targetEntries, expansion);
		}
		if (found.hasErrors() || values == null || backbone.isEmpty() || learner.isEmpty() || executor.isEmpty()) {
			return failed();
		}
		Experiment experiment = new Experiment(values.name().text(), values.description(),
				new Equipment(backbone.get(), applying.get(), losses),
				new Tasks(sources.stream().map(TaskEntry.Labelled::use).toList(), targets.stream().map(TaskEntry.Labelled::use).toList()),
				arms.stream().map(MetArm::arm).toList(), new Protocol(values.trial(), shots(values), values.evaluation(),
						values.threshold().value(), values.seeds(), values.seed()),
				new Running(executor.get(), new Checkpointing(values.checkpoint().every())));
		return new Reading(Optional.of(experiment), found.sorted(),
				FrozenText.of(values, experiment, sourceEntries, targetEntries, armEntries));
	}

	/** A file that names no executor means the local one. */
	private void executorByDefault() {
		Located root = found.root();
		if (root.get("executor") == null) {
			Located executor = Located.emptyMap(root.place());
			executor.map().put("id", new Located.Entry(root.place(), new Located(root.place(), ExperimentFormat.LOCAL)));
			root.map().put("executor", new Located.Entry(root.place(), executor));
		}
	}

	private Reading failed() {
		return new Reading(Optional.empty(), found.sorted(), "");
	}

	private static List<Integer> shots(Values values) {
		TreeSet<Integer> shots = new TreeSet<>(values.shots());
		shots.add(0);
		return List.copyOf(shots);
	}
}
