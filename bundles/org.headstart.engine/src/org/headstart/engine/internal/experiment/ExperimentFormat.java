package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.settings.Setting;
import org.headstart.api.settings.SettingEntry;
import org.headstart.api.settings.SettingSyntax;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.engine.internal.experiment.Experiment.Evaluation;
import org.headstart.engine.internal.experiment.Experiment.TrialLength;

/** The format of experiment files: their keys, in the order in which they are usually written. */
public final class ExperimentFormat {

	/** The version of the format that this engine reads and writes. */
	public static final int VERSION = 1;

	/** The executor of a file that names none. */
	static final String LOCAL = "local";

	static final SettingsSchema VALUES = SettingsSchema.of(Values.class);
	static final SettingsSchema CHOICE = SettingsSchema.of(ChoiceKeys.class);
	static final SettingsSchema ARM = SettingsSchema.of(ArmKeys.class);
	static final SettingsSchema LOSS = SettingsSchema.of(LossKeys.class);
	static final SettingsSchema TASKS = SettingsSchema.of(TaskKeys.class);

	/** Keys that hold contributions, and so are not in {@link Values}. */
	static final List<String> CONTRIBUTIONS = List.of("backbone", "learner", "losses", "source", "target", "strategies", "executor");

	private ExperimentFormat() {}

	/** The values of an experiment that are not contributions. */
	record Values(@Setting(value = "Version of the file's format: 1", min = 1) int headstart,
			@Setting("Names the results folder") Name name,
			@Setting(value = "What the experiment is for", byDefault = "''") String description,
			@Setting(value = "Root of all randomness", byDefault = "1") long seed,
			@Setting(value = "How often everything is repeated with other random numbers", byDefault = "5", unit = "seeds", min = 1,
					max = 1e6, plausibleMax = 1000) int seeds,
			@Setting(value = "How long an agent stays on a task before another one is drawn", byDefault = "{}") TrialLength trial,
			@Setting(value = "After how many granted episodes the agent is judged; 0 is always judged", byDefault = "[0]",
					unit = "episodes", min = 0, max = 1e6, plausibleMax = 1e4) List<Integer> shots,
			@Setting(value = "How agents are judged", byDefault = "{}") Evaluation evaluation,
			@Setting(value = "How often a step saves its state; influences no result", byDefault = "{}") Checkpoint checkpoint,
			@Setting(value = "The return that 'time to threshold' waits for; derived: chosen by the analysis, which says so",
					byDefault = "derived") Threshold threshold) {}

	/** The file's words for {@link Experiment.Checkpointing}. */
	record Checkpoint(
			@Setting(value = "Time between checkpoints within a step", byDefault = "60", unit = "seconds", min = 1, max = 1e6,
					plausibleMax = 86_400) double every) {}

	/** What every contribution's map has beside the contribution's settings. */
	record ChoiceKeys(@Setting("Which contribution; its settings stand next to it") String id) {}

	/** What a loss's map has beside the loss's settings. */
	record LossKeys(@Setting("Which loss; its settings stand next to it") String id,
			@Setting(value = "What its gradients and rewards are multiplied by", byDefault = "1", min = 0,
					plausibleMax = 1000) double weight) {}

	/** What a strategy's map has beside the strategy's settings. */
	record ArmKeys(@Setting("Which strategy; its settings stand next to it") String id,
			@Setting(value = "Names it in curves and tables; empty: its id and what tells it from others", byDefault = "''") Label label,
			@Setting(value = "A backbone for this strategy alone; empty: the experiment's", byDefault = "{}") OwnChoice backbone,
			@Setting(value = "A learner for this strategy alone; empty: the experiment's", byDefault = "{}") OwnChoice learner,
			@Setting(value = "What is around every environment for this strategy alone, beyond what the environment's own entry names",
					byDefault = "[]") Wrapping wrap,
			@Setting(value = "Labels of the sources that this strategy learns on; empty: all", byDefault = "[]") SourceLabels sources) {}

	/** What a source's or target's map has beside the environment's settings. */
	record TaskKeys(@Setting("Which task family; its settings stand next to it") String environment,
			@Setting(value = "What is around the environment, the innermost first", byDefault = "[]") Wrapping wrap,
			@Setting(
					value = "Which of the family's task sets; several names make several sources or targets; empty, in a source: the family's first set",
					byDefault = "[]") TaskNames task,
			@Setting(
					value = "0: every trial draws a task from the set; n: n single tasks drawn from it once, each a source or target of its own",
					byDefault = "0", unit = "tasks", min = 0, max = 1000) int tasks,
			@Setting(
					value = "The budget of each, for a learner that acts: one of 'steps', 'examples' and 'updates' must stand; 0, in a target: nothing is trained there beyond granted episodes",
					byDefault = "0", unit = "environment steps", min = 0, max = 1e15, plausibleMax = 1e11) long steps,
			@Setting(
					value = "The budget of each, for a learner that counts the examples that it learns from; 0, in a target: it is judged and not trained on",
					byDefault = "0", unit = "examples", min = 0, max = 1e15, plausibleMax = 1e11) long examples,
			@Setting(value = "The budget of each, for a learner that counts its updates; 0, in a target: it is judged and not trained on",
					byDefault = "0", unit = "updates", min = 0, max = 1e15, plausibleMax = 1e11) long updates,
			@Setting(value = "Names it in curves and tables; empty: environment/task", byDefault = "''") Label label,
			@Setting(value = "In a target: labels of the sources that are learned on for it; empty: all",
					byDefault = "[]") SourceLabels sources) {}

	/** The budget that stands under a unit's key. */
	static long budget(TaskKeys keys, BudgetUnit unit) {
		return switch (unit) {
			case ENVIRONMENT_STEPS -> keys.steps();
			case EXAMPLES -> keys.examples();
			case UPDATES -> keys.updates();
		};
	}

	/**
	 * An experiment's name.
	 *
	 * @param text lower kebab case
	 */
	@SettingSyntax("lower-case letters, digits and hyphens, at most 80")
	record Name(String text) {

		public static Name of(Object yaml) {
			if (yaml instanceof String text && text.matches("[a-z0-9]+(-[a-z0-9]+)*") && text.length() <= 80) {
				return new Name(text);
			}
			String proposal = yaml.toString().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
					.replaceAll("^-|-$", "");
			boolean usable = (yaml instanceof String || yaml instanceof Number) && !proposal.isEmpty()
					&& proposal.length() <= 80 && !proposal.equals(yaml.toString());
			throw new IllegalArgumentException(
					"must be text of lower-case letters, digits and single hyphens, at most 80, because it names a folder"
							+ (usable ? "; for example '" + proposal + "'" : ""));
		}

		@Override
		public String toString() {
			return quoted(text);
		}
	}

	/**
	 * A name for curves and tables.
	 *
	 * @param text empty when the file gives none
	 */
	@SettingSyntax("text in one line, at most 100 letters")
	record Label(String text) {

		public static Label of(Object yaml) {
			if (yaml instanceof String text && text.length() <= 100 && text.strip().equals(text)
					&& text.codePoints().noneMatch(Character::isISOControl)) {
				return new Label(text);
			}
			throw new IllegalArgumentException("must be text in one line of at most 100 letters"
					+ (yaml instanceof String ? ", without blanks around it" : "; put it in quotes to make it text"));
		}

		@Override
		public String toString() {
			return quoted(text);
		}
	}

	/**
	 * Names of task sets.
	 *
	 * @param names empty when the file gives none
	 */
	@SettingSyntax("name | [name, …]")
	record TaskNames(List<String> names) {

		TaskNames {
			names = List.copyOf(names);
		}

		public static TaskNames of(Object yaml) {
			List<?> list = yaml instanceof List<?> several ? several : List.of(yaml);
			List<String> names = new ArrayList<>();
			for (Object name : list) {
				if (!(name instanceof String text) || text.isEmpty()) {
					throw new IllegalArgumentException("must be the name of a task set, or a list of names: [train, test]");
				}
				names.add(text);
			}
			return new TaskNames(names);
		}

		@Override
		public String toString() {
			return "[" + String.join(", ", names.stream().map(ExperimentFormat::quoted).toList()) + "]";
		}
	}

	/**
	 * Wrappers around an environment, as they are written: each map has the wrapper's own settings, which are read with their places.
	 *
	 * @param count how many
	 */
	@SettingSyntax("list of maps, each: id, and the wrapper's settings")
	record Wrapping(int count) {

		public static Wrapping of(Object yaml) {
			if (yaml instanceof List<?> list) {
				return new Wrapping(list.size());
			}
			throw new IllegalArgumentException("must be a list: [{id: …}], or each entry begins with '- '");
		}

		@Override
		public String toString() {
			return "[]";
		}
	}

	/**
	 * A contribution of an arm's own, as it is written: the map has the contribution's settings, which are read with their places.
	 *
	 * @param given whether there is one
	 */
	@SettingSyntax("map: id, and the contribution's settings")
	record OwnChoice(boolean given) {

		public static OwnChoice of(Object yaml) {
			if (yaml instanceof Map<?, ?> map) {
				return new OwnChoice(!map.isEmpty());
			}
			throw new IllegalArgumentException("must be a map: {id: …}");
		}

		@Override
		public String toString() {
			return "{}";
		}
	}

	/**
	 * Labels of sources.
	 *
	 * @param names empty when the file gives none
	 */
	@SettingSyntax("label | [label, …]")
	record SourceLabels(List<String> names) {

		SourceLabels {
			names = List.copyOf(names);
		}

		public static SourceLabels of(Object yaml) {
			List<?> list = yaml instanceof List<?> several ? several : List.of(yaml);
			List<String> names = new ArrayList<>();
			for (Object name : list) {
				if (!(name instanceof String text) || text.isEmpty()) {
					throw new IllegalArgumentException("must be the label of a source, or a list of labels: [easy, hard]");
				}
				names.add(text);
			}
			return new SourceLabels(names);
		}

		@Override
		public String toString() {
			return "[" + String.join(", ", names.stream().map(ExperimentFormat::quoted).toList()) + "]";
		}
	}

	/**
	 * The return to wait for.
	 *
	 * @param value NaN when the analysis derives it
	 */
	@SettingSyntax("number | derived")
	record Threshold(double value) {

		public static Threshold of(Object yaml) {
			if ("derived".equals(yaml)) {
				return new Threshold(Double.NaN);
			}
			if (yaml instanceof Number number && Double.isFinite(number.doubleValue())) {
				return new Threshold(number.doubleValue());
			}
			throw new IllegalArgumentException("must be a finite number, the return to reach, or the word 'derived'");
		}

		@Override
		public String toString() {
			return Double.isNaN(value) ? "derived" : Double.toString(value);
		}
	}

	private static String quoted(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	/** @return all keys of an experiment file, in the usual order */
	public static List<SettingEntry> entries() {
		List<SettingEntry> entries = new ArrayList<>();
		for (SettingEntry entry : VALUES.entries()) {
			if (entry.key().equals("trial")) {
				entries.add(contribution("backbone", "map: id, and the backbone's settings", Optional.empty(), CHOICE,
						"The network between observations and heads"));
				entries.add(contribution("learner", "map: id, and the learner's settings", Optional.empty(), CHOICE,
						"How experience becomes an update"));
				entries.add(contribution("losses", "list of maps, each: id, weight, and the loss's settings", Optional.of("[]"), LOSS,
						"Losses beside the learner's own"));
				entries.add(contribution("source", "list of maps, each: environment, task, steps, and the environment's settings",
						Optional.of("[]"), TASKS, "Tasks to learn on first, in order"));
				entries.add(contribution("target", "list of maps, each: environment, task, steps, and the environment's settings",
						Optional.empty(), TASKS, "Tasks to adapt to, each on its own"));
			}
			if (entry.key().equals("shots")) {
				entries.add(contribution("strategies", "list of maps, each: id, and the strategy's settings",
						Optional.empty(), ARM, "The transfer strategies to compare"));
			}
			if (entry.key().equals("threshold")) {
				entries.add(contribution("executor", "map: id, and the executor's settings",
						Optional.of("{id: " + LOCAL + "}"), CHOICE, "Where steps run; influences no result"));
			}
			entries.add(entry);
		}
		return List.copyOf(entries);
	}

	private static SettingEntry contribution(String key, String type, Optional<String> byDefault, SettingsSchema nested,
			String doc) {
		return new SettingEntry(key, type, byDefault, "", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
				Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, List.of(),
				Optional.of(nested), doc);
	}

	/** @return the keys of the format's own in a map that names a contribution and nothing else, beside the contribution's settings */
	public static List<SettingEntry> choiceEntries() {
		return CHOICE.entries();
	}

	/** @return the keys of an experiment file, in the usual order */
	public static List<String> keys() {
		return entries().stream().map(SettingEntry::key).toList();
	}
}
