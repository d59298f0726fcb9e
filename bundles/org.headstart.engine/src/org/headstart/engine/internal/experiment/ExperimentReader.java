package org.headstart.engine.internal.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.checkpoint.RegularFile;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.View;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.Loss;
import org.headstart.api.settings.SettingProblem;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.settings.Spelling;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.catalog.TaskFamilies;
import org.headstart.engine.internal.experiment.BudgetCheck.Learning;
import org.headstart.engine.internal.experiment.Experiment.Arm;
import org.headstart.engine.internal.experiment.Experiment.Checkpointing;
import org.headstart.engine.internal.experiment.Experiment.LossUse;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;
import org.headstart.engine.internal.experiment.ExperimentFormat.ArmKeys;
import org.headstart.engine.internal.experiment.ExperimentFormat.LossKeys;
import org.headstart.engine.internal.experiment.ExperimentFormat.SourceLabels;
import org.headstart.engine.internal.experiment.ExperimentFormat.TaskKeys;
import org.headstart.engine.internal.experiment.ExperimentFormat.Values;
import org.headstart.engine.internal.experiment.Located.Place;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads experiment files and finds all that is wrong with them at once. Makes task families and asks strategies for their
 * acquisitions, but builds no network: reading a file does not load DL4J.
 */
public final class ExperimentReader {

	/** Adaptations of one experiment, and sources or targets of one entry's kind: more are a mistake in the file. */
	private static final long MOST_ADAPTATIONS = 1_000_000;
	private static final long MANY_ADAPTATIONS = 50_000;
	private static final int MOST_TASKS = 10_000;
	/** Episodes in one evaluation, whose returns are all kept until it is over. */
	private static final long MOST_EVALUATED = 10_000_000;
	/** Environment steps of a whole experiment, evaluations included: more take a hundred processors a year. */
	private static final double MOST_STEPS = 3e15;
	/** Rows of judged trials in a whole experiment. */
	private static final double MANY_TRIALS = 1e7;
	/** Of such a row: what each has, and each component of ω and each outcome. */
	private static final double TRIAL_BYTES = 70;
	private static final double NUMBER_BYTES = 20;
	/** More problems than these help nobody. */
	private static final int MOST_PROBLEMS = 200;

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

	/** One entry of {@code source} or {@code target}, which may stand for several tasks. */
	private record TaskEntry(int index, TaskKeys keys, Choice<Environment<?>> environment, List<Choice<Wrapper<?>>> wrappers,
			TaskFamily family, List<String> taskSets, BudgetUnit unit) {

		long budget() {
			return ExperimentFormat.budget(keys, unit);
		}

		/** Where the budget stands. */
		List<Object> budgetAt(String list) {
			return List.of(list, index, unit.key());
		}
	}

	/** One entry of {@code strategies}; what it names of its own is empty where it is the experiment's. */
	private record ArmEntry(int index, ArmKeys keys, Choice<Strategy<?>> strategy, Optional<Choice<Backbone<?>>> backbone,
			Optional<Choice<Learner<?>>> learner, List<Choice<Wrapper<?>>> wrappers) {

		List<Object> at() {
			return List.of("strategies", index);
		}
	}

	private record LabelledTask(TaskUse use, TaskEntry entry) {}

	private final String source;
	private final Catalog catalog;
	private final List<Problem> problems = new ArrayList<>();
	/** A broken contribution is asked more than once, and says the same each time. */
	private final Set<Problem> said = new HashSet<>();
	/** Labels of each entry, by list. */
	private final Map<String, List<List<String>>> labels = new HashMap<>();
	private Located root;

	private ExperimentReader(String source, Catalog catalog) {
		this.source = source;
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
		try {
			parse(text);
		} catch (YamlSource.Refused refused) {
			problem(Severity.ERROR, refused.place(), List.of(), refused.getMessage());
			return failed();
		}
		if (root == null) {
			return failed();
		}
		Overrides puts = new Overrides(root, knownLabels, problems);
		overrides.forEach(puts::apply);
		if (root.get("headstart") instanceof Located version && version.value() instanceof Long number
				&& number != ExperimentFormat.VERSION) {
			// nothing else can be said of a format that is not known
			problem(List.of("headstart"), "this Headstart reads format " + ExperimentFormat.VERSION + ", not " + number
					+ (number > ExperimentFormat.VERSION ? "; the file needs a newer Headstart" : ""));
			return failed();
		}
		SettingsSchema.Bound bound = ExperimentFormat.VALUES.bind(root.plainMap(), ExperimentFormat.CONTRIBUTIONS);
		unbound(List.of(), ExperimentFormat.VALUES, bound);
		Optional<Choice<Backbone<?>>> backbone = choice("backbone", catalog.backbones());
		Optional<Choice<Learner<?>>> learner = choice("learner", catalog.learners());
		List<LossUse> losses = losses();
		if (root.get("executor") == null) {
			root.map().put("executor", new Located.Entry(root.place(), Located.emptyMap(root.place())));
			root.get("executor").map().put("id",
					new Located.Entry(root.place(), new Located(root.place(), ExperimentFormat.LOCAL)));
		}
		Optional<Choice<Executor<?>>> executor = choice("executor", catalog.executors());
		List<TaskEntry> sources = taskEntries("source", false);
		List<TaskEntry> targets = taskEntries("target", true);
		List<ArmEntry> armEntries = armEntries();
		List<LabelledTask> source = tasks("source", sources, List.of());
		List<LabelledTask> target = tasks("target", targets, source);
		Values values = (Values) bound.settings();
		checkLosses(losses, learner, armEntries, targets);
		List<LossUse> applied = problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR) ? List.of() : losses;
		Optional<Choice<Learner<?>>> applying = learner.map(choice -> LearnerWithLosses.of(choice, applied));
		List<MetArm> arms = arms(armEntries, backbone, applying, applied, source);
		List<Acquired> acquired = acquired(arms, source, target);
		checkStrategies(arms, targets);
		if (values != null) {
			checkValues(values, source, target, arms.size());
			checkTraining(values, !losses.isEmpty(), arms, acquired, source, targets,
					new NetworkCheck(this, catalog, executor));
		}
		if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR) || values == null
				|| backbone.isEmpty() || learner.isEmpty() || executor.isEmpty()) {
			return failed();
		}
		Experiment experiment = new Experiment(values.name().text(), values.description(), backbone.get(), applying.get(), losses,
				source.stream().map(LabelledTask::use).toList(), target.stream().map(LabelledTask::use).toList(),
				values.trial(), arms.stream().map(MetArm::arm).toList(), shots(values), values.seeds(), values.seed(), values.evaluation(),
				new Checkpointing(values.checkpoint().every()), executor.get(), values.threshold().value());
		return new Reading(Optional.of(experiment), sorted(),
				frozen(values, experiment, sources, targets, armEntries));
	}

	private Reading failed() {
		return new Reading(Optional.empty(), sorted(), "");
	}

	private List<Problem> sorted() {
		problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
		if (problems.size() > MOST_PROBLEMS) {
			List<Problem> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
			first.add(new Problem(Severity.ERROR, source, 0, 0, "", "there are " + (problems.size() - MOST_PROBLEMS)
					+ " more problems; mend these first"));
			return first;
		}
		return problems;
	}

	private void parse(String text) throws YamlSource.Refused {
		List<YamlSource.Flaw> flaws = new ArrayList<>();
		// a byte order mark is invisible to the person, so it is no mistake
		String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
		Optional<Located> value = new YamlSource(source, true, flaws).read(body);
		for (YamlSource.Flaw flaw : flaws) {
			problem(Severity.ERROR, flaw.place(), flaw.path(), flaw.message());
		}
		if (value.isEmpty()) {
			problem(Severity.ERROR, new Place(source, 0, 0), List.of(), "is empty; an experiment file begins with 'headstart: "
					+ ExperimentFormat.VERSION + "'");
		} else if (!value.get().isMap()) {
			problem(Severity.ERROR, value.get().place(), List.of(),
					"must be a map with the keys " + String.join(", ", ExperimentFormat.keys()));
		} else {
			root = new Located(new Place(source, 0, 0), value.get().value());
		}
	}

	private void problem(Severity severity, Place place, List<Object> path, String message) {
		Problem problem = new Problem(severity, place.source(), place.line(), place.column(), Overrides.dotted(path), message);
		if (said.add(problem)) {
			problems.add(problem);
		}
	}

	void problem(List<Object> path, String message) {
		problem(Severity.ERROR, root.place(path, false), path, message);
	}

	void warning(List<Object> path, String message) {
		problem(Severity.WARNING, root.place(path, false), path, message);
	}

	/** Gives problems of settings their places: an unknown key's is the key, any other's is the value. */
	private void unbound(List<Object> at, SettingsSchema schema, SettingsSchema.Bound bound) {
		for (SettingProblem each : bound.problems()) {
			List<Object> path = path(at, each.path().toArray());
			problem(Severity.ERROR, root.place(path, !known(schema, each.path())), path, each.message());
		}
		for (SettingProblem each : bound.warnings()) {
			warning(path(at, each.path().toArray()), each.message());
		}
	}

	/**
	 * The keys of the format's own in a map that has a contribution's settings beside them.
	 *
	 * @param id the key of the contribution's id, which is looked up elsewhere, with the ids that there are
	 * @return the record of the schema; null when it cannot be made, and then the problems are told
	 */
	private Record formatKeys(List<Object> at, Located map, SettingsSchema schema, String id) {
		return formatKeys(at, map, schema, schema.keys(), id);
	}

	/** @param keys those of the schema's keys that are the format's here */
	private Record formatKeys(List<Object> at, Located map, SettingsSchema schema, Collection<String> keys, String id) {
		Map<String, Object> own = map.plainMap();
		own.keySet().retainAll(keys);
		SettingsSchema.Bound bound = schema.bind(own);
		unbound(at, schema, without(id, bound));
		return bound.settings();
	}

	private static SettingsSchema.Bound without(String key, SettingsSchema.Bound bound) {
		return new SettingsSchema.Bound(bound.settings(),
				bound.problems().stream().filter(each -> !each.path().equals(List.of(key))).toList(), bound.warnings());
	}

	private static boolean known(SettingsSchema schema, List<Object> path) {
		Optional<SettingsSchema> here = Optional.of(schema);
		for (Object part : path) {
			if (part instanceof String key && here.isPresent()) {
				Optional<SettingsSchema> outer = here;
				var entry = outer.get().entries().stream().filter(each -> each.key().equals(key)).findFirst();
				if (entry.isEmpty()) {
					return false;
				}
				here = entry.get().nested();
			}
		}
		return true;
	}

	private static List<Object> path(List<Object> at, Object... more) {
		List<Object> path = new ArrayList<>(at);
		path.addAll(List.of(more));
		return path;
	}

	// ---- contributions

	private <T> Optional<Choice<T>> choice(String key, SortedMap<String, Contribution<T>> known) {
		List<Object> at = List.of(key);
		Located map = root.get(key);
		if (map == null) {
			problem(Severity.ERROR, root.place(), at, "is missing; write " + key + ": {id: …}; there are: "
					+ String.join(", ", known.keySet()));
			return Optional.empty();
		}
		if (!map.isMap()) {
			problem(at, "must be a map like {id: " + idLike(map, known.keySet()) + "}");
			return Optional.empty();
		}
		return chosen(key, at, map, "id", ExperimentFormat.CHOICE.keys(), known);
	}

	private static String idLike(Located value, Set<String> known) {
		return value.value() instanceof String text && known.contains(text) ? text
				: known.isEmpty() ? "…" : known.iterator().next();
	}

	/** Looks the contribution up that a map names, and reads its settings, which stand next to the keys of the format. */
	private <T> Optional<Choice<T>> chosen(String what, List<Object> at, Located map, String idKey, List<String> formatKeys,
			SortedMap<String, Contribution<T>> known) {
		Located idValue = map.get(idKey);
		if (idValue == null || !(idValue.value() instanceof String id)) {
			if (idValue == null) {
				List<String> others = map.map().keySet().stream().filter(key -> !formatKeys.contains(key)).toList();
				String meant = Spelling.nearest(idKey, others).map(key -> " ('" + key + "' is no such key)").orElse("");
				problem(path(at, idKey), "is missing" + meant + "; there are: " + String.join(", ", known.keySet()));
			} else {
				problem(path(at, idKey), "must be the id of a contribution; there are: " + String.join(", ", known.keySet()));
			}
			return Optional.empty();
		}
		Contribution<T> contribution = known.get(id);
		if (contribution == null) {
			problem(path(at, idKey), Spelling.unknown(what, id, known.keySet()));
			return Optional.empty();
		}
		Optional<SettingsSchema> read = guarded(path(at, idKey), contribution, "the settings record", contribution::schema);
		if (read.isEmpty()) {
			return Optional.empty();
		}
		SettingsSchema schema = read.get();
		Set<String> clash = new TreeSet<>(schema.keys());
		clash.retainAll(formatKeys);
		if (!clash.isEmpty()) {
			problem(path(at, idKey), origin(contribution) + " has a setting '" + clash.iterator().next()
					+ "', a key that experiment files use themselves; its author has to rename it");
			return Optional.empty();
		}
		Optional<SettingsSchema.Bound> bound = guarded(path(at, idKey), contribution, "the settings record",
				() -> schema.bind(map.plainMap(), formatKeys, catalog));
		bound.ifPresent(found -> unbound(at, schema, found));
		return bound.map(SettingsSchema.Bound::settings).map(settings -> new Choice<>(contribution, settings, catalog.referred(settings)));
	}

	/** Runs code of a contribution; what goes wrong there is a problem of the file's reader, not the end of reading. */
	<R> Optional<R> guarded(List<Object> at, Contribution<?> contribution, String what, Supplier<R> code) {
		try {
			return Optional.of(contribution.call(what, code::get));
		} catch (BrokenContributionException | RefusedException e) {
			problem(at, e.getMessage());
		}
		return Optional.empty();
	}

	private static String origin(Contribution<?> contribution) {
		return "'" + contribution.id() + "' of " + contribution.bundle();
	}

	private List<LossUse> losses() {
		List<LossUse> result = new ArrayList<>();
		List<Located> list = entries("losses", false);
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < list.size(); i++) {
			List<Object> at = List.of("losses", i);
			Located map = list.get(i);
			if (!map.isMap()) {
				problem(at, "must be a map like {id: " + idLike(map, catalog.losses().keySet()) + ", weight: 0.1}");
				continue;
			}
			Record keys = formatKeys(at, map, ExperimentFormat.LOSS, "id");
			Optional<Choice<Loss<?>>> loss = chosen("loss", at, map, "id", ExperimentFormat.LOSS.keys(), catalog.losses());
			if (loss.isPresent() && !seen.add(loss.get().id())) {
				problem(path(at, "id"), "'" + loss.get().id() + "' stands twice");
			} else if (loss.isPresent() && keys instanceof LossKeys lossKeys) {
				result.add(new LossUse(loss.get(), lossKeys.weight()));
			}
		}
		return result;
	}

	/** Learners must apply the losses; a loss may need more of an environment than another. */
	private void checkLosses(List<LossUse> losses, Optional<Choice<Learner<?>>> learner, List<ArmEntry> arms, List<TaskEntry> targets) {
		if (losses.isEmpty()) {
			return;
		}
		if (learner.isPresent() && !applies(List.of("learner"), learner.get())) {
			problem(List.of("losses"), "the learner '" + learner.get().id()
					+ "' applies no losses; leave them out, or choose another learner");
		}
		for (ArmEntry arm : arms) {
			List<Object> at = path(arm.at(), "learner");
			if (arm.learner().isPresent() && !applies(at, arm.learner().get())) {
				problem(at, "the learner '" + arm.learner().get().id()
						+ "' applies no losses; leave out 'losses', or choose another learner");
			}
		}
		for (int i = 0; i < losses.size(); i++) {
			Choice<Loss<?>> loss = losses.get(i).loss();
			for (TaskEntry target : targets) {
				guarded(List.of("losses", i), loss.contribution(), "heads", () -> LearnerWithLosses.heads(loss,
						View.PLAIN.observationSpace(target.family().environment()), target.family().environment().actionSpace()));
			}
		}
	}

	private boolean applies(List<Object> at, Choice<Learner<?>> learner) {
		return guarded(at, learner.contribution(), "appliesLosses",
				() -> learner.contribution().instance().get().appliesLosses()).orElse(true);
	}

	private List<Located> entries(String key, boolean needed) {
		Located list = root.get(key);
		if (list == null) {
			if (needed) {
				problem(Severity.ERROR, root.place(), List.of(key), "is missing; it needs a list with at least one entry");
			}
			return List.of();
		}
		if (!list.isList()) {
			problem(List.of(key), "must be a list: each entry begins with '- ', or all stand in [ ]");
			return List.of();
		}
		if (needed && list.list().isEmpty()) {
			problem(List.of(key), "is empty; it needs at least one entry");
		}
		return list.list();
	}

	// ---- sources and targets

	private List<TaskEntry> taskEntries(String key, boolean judged) {
		List<TaskEntry> result = new ArrayList<>();
		List<Located> list = entries(key, judged);
		for (int i = 0; i < list.size(); i++) {
			List<Object> at = List.of(key, i);
			Located map = list.get(i);
			if (!map.isMap()) {
				problem(at, "must be a map like {environment: "
						+ (catalog.environments().isEmpty() ? "…" : catalog.environments().firstKey()) + ", task: …, steps: 1e5}");
				continue;
			}
			Set<BudgetUnit> possible = budgets(map);
			List<String> format = new ArrayList<>(ExperimentFormat.TASKS.keys());
			format.removeIf(name -> Stream.of(BudgetUnit.values()).anyMatch(unit -> unit.key().equals(name) && !possible.contains(unit)));
			Record keys = formatKeys(at, map, ExperimentFormat.TASKS, format, "environment");
			Optional<BudgetUnit> unit = unit(at, map, possible);
			Optional<Choice<Environment<?>>> environment = chosen("environment", at, map, "environment", format, catalog.environments());
			if (environment.isEmpty()) {
				continue;
			}
			Optional<List<Choice<Wrapper<?>>>> wrappers = wrappers(at, map.get("wrap"));
			Optional<TaskFamily> family = wrappers.isEmpty() ? Optional.empty()
					: family(at, environment.get()).flatMap(bare -> wrapped(at, wrappers.get(), bare, environment.get().contribution()));
			if (!judged && keys instanceof TaskKeys taskKeys && !taskKeys.sources().names().isEmpty()) {
				problem(path(at, "sources"), "belongs into a target, where it names the sources that are learned on for it; leave it out");
			}
			if (!judged && keys instanceof TaskKeys taskKeys && unit.isPresent() && ExperimentFormat.budget(taskKeys, unit.get()) == 0) {
				problem(path(at, unit.get().key()), "must be at least 1: nothing is learned on a source without " + unit.get().key()
						+ "; only a target may have 0, which means that it is judged and not trained on");
			}
			if (family.isPresent() && unit.isPresent() && keys instanceof TaskKeys taskKeys) {
				Optional<List<String>> taskSets = taskSets(at, taskKeys, family.get(), judged);
				int index = i;
				taskSets.ifPresent(sets -> result.add(new TaskEntry(index, taskKeys, environment.get(), wrappers.get(), family.get(), sets,
						unit.get())));
			}
		}
		return result;
	}

	/**
	 * The units that a budget may have: an environment with a setting of its own that is called {@code examples} or {@code updates} is
	 * read as ever, and has no budgets of these.
	 */
	private Set<BudgetUnit> budgets(Located map) {
		Set<BudgetUnit> possible = EnumSet.allOf(BudgetUnit.class);
		if (map.get("environment") instanceof Located id && id.value() instanceof String name && catalog.environments().containsKey(name)) {
			try {
				List<String> own = catalog.environments().get(name).schema().keys();
				possible.removeIf(unit -> unit != BudgetUnit.ENVIRONMENT_STEPS && own.contains(unit.key()));
			} catch (BrokenContributionException e) {
				return possible; // told where it is looked up
			}
		}
		return possible;
	}

	/** By the budget's key, of which there is exactly one. */
	private Optional<BudgetUnit> unit(List<Object> at, Located map, Set<BudgetUnit> possible) {
		List<BudgetUnit> given = possible.stream().filter(unit -> map.get(unit.key()) != null).toList();
		if (given.isEmpty()) {
			problem(path(at, BudgetUnit.ENVIRONMENT_STEPS.key()), "is missing; it is the budget in environment steps, and"
					+ " 'examples' or 'updates' stands in its place for a learner that counts these");
		}
		if (given.size() > 1) {
			problem(path(at, given.get(1).key()), "the budget stands twice, as '" + given.get(0).key() + "' and as '" + given.get(1).key()
					+ "': one of them has to go");
		}
		return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
	}

	private Optional<TaskFamily> family(List<Object> at, Choice<Environment<?>> environment) {
		try {
			return Optional.of(TaskFamilies.of(environment.contribution(), environment.settings()));
		} catch (RefusedException e) {
			problem(at, e.reason());
		} catch (BrokenContributionException e) {
			problem(at, e.getMessage());
		}
		return Optional.empty();
	}

	/**
	 * Reads a list of wrappers.
	 *
	 * @param at where the map is that has the key {@code wrap}
	 * @return the wrappers, the innermost first; empty when one of them cannot be read
	 */
	private Optional<List<Choice<Wrapper<?>>>> wrappers(List<Object> at, Located list) {
		List<Choice<Wrapper<?>>> wrappers = new ArrayList<>();
		for (int i = 0; list != null && list.isList() && i < list.list().size(); i++) {
			List<Object> here = path(at, "wrap", i);
			Located map = list.list().get(i);
			if (!map.isMap()) {
				problem(here, "must be a map like {id: " + idLike(map, catalog.wrappers().keySet()) + "}");
				return Optional.empty();
			}
			Optional<Choice<Wrapper<?>>> wrapper = chosen("wrapper", here, map, "id", ExperimentFormat.CHOICE.keys(), catalog.wrappers());
			if (wrapper.isEmpty()) {
				return Optional.empty();
			}
			wrappers.add(wrapper.get());
		}
		return Optional.of(wrappers);
	}

	/** @param at where the map is that has the key {@code wrap} */
	private Optional<TaskFamily> wrapped(List<Object> at, List<Choice<Wrapper<?>>> wrappers, TaskFamily bare, Contribution<?> environment) {
		TaskFamily family = bare;
		for (int i = 0; i < wrappers.size(); i++) {
			try {
				family = TaskFamilies.wrapped(family, environment, wrappers.get(i).contribution(), wrappers.get(i).settings());
			} catch (RefusedException e) {
				problem(path(at, "wrap", i), e.reason());
				return Optional.empty();
			} catch (BrokenContributionException e) {
				problem(path(at, "wrap", i), e.getMessage());
				return Optional.empty();
			}
		}
		return Optional.of(family);
	}

	private Optional<List<String>> taskSets(List<Object> at, TaskKeys keys, TaskFamily family, boolean judged) {
		List<String> known = family.taskSets().stream().map(TaskSet::name).toList();
		List<String> names = keys.task().names();
		if (names.isEmpty() && judged) {
			problem(path(at, "task"), "is missing; it names the tasks to adapt to; there are: " + String.join(", ", known));
			return Optional.empty();
		}
		if (names.isEmpty()) {
			names = known.subList(0, 1);
		}
		boolean complete = true;
		Set<String> seen = new LinkedHashSet<>();
		for (int i = 0; i < names.size(); i++) {
			String name = names.get(i);
			List<Object> where = root.get(at.get(0).toString()).list().get((Integer) at.get(1)).get("task") instanceof Located task
					&& task.isList() ? path(at, "task", i) : path(at, "task");
			if (!known.contains(name)) {
				problem(where, Spelling.unknown("task", name, known));
				complete = false;
			} else if (!seen.add(name)) {
				problem(where, "'" + name + "' stands twice");
				complete = false;
			} else if (!judged && family.taskSet(name).role().heldOut()) {
				warning(where, "the tasks of '" + name + "' are held out for judging, and this trains on them");
			}
		}
		return complete ? Optional.of(List.copyOf(names)) : Optional.empty();
	}

	/** @param sources of targets: what they may be paired with */
	private List<LabelledTask> tasks(String key, List<TaskEntry> entries, List<LabelledTask> sources) {
		long count = 0;
		for (TaskEntry entry : entries) {
			count += (long) entry.taskSets().size() * Math.max(1, entry.keys().tasks());
		}
		if (count > MOST_TASKS) {
			problem(List.of(key), "stands for " + count + " tasks; at most " + MOST_TASKS + " are possible");
			return List.of();
		}
		List<LabelledTask> uses = new ArrayList<>();
		Labels made = new Labels();
		for (TaskEntry entry : entries) {
			TaskKeys keys = entry.keys();
			List<Integer> paired = key.equals("source") ? List.of() : sources(List.of(key, entry.index()), keys.sources(), sources);
			Map<String, Object> settings = SettingsSchema.of(entry.environment().settings().getClass())
					.toYaml(entry.environment().settings());
			settings.put(entry.unit().key(), entry.budget());
			if (!entry.wrappers().isEmpty()) {
				settings.put("wrap", shown(entry.wrappers()));
			}
			if (!keys.sources().names().isEmpty()) {
				settings.put("sources", String.join("+", keys.sources().names()));
			}
			for (String set : entry.taskSets()) {
				for (int sample = keys.tasks() == 0 ? -1 : 0; sample < keys.tasks(); sample++) {
					boolean several = entry.taskSets().size() > 1;
					String given = keys.label().text();
					String number = sample < 0 ? "" : "-" + (sample + 1);
					String kind = entry.environment().id() + "/" + set + number;
					if (given.isEmpty()) {
						made.derive(kind, settings);
					} else {
						made.give(given + (several ? "/" + set : "") + (keys.tasks() > 1 ? number : ""), kind, settings);
					}
					uses.add(new LabelledTask(new TaskUse("", entry.environment(), entry.wrappers(), set, sample, entry.budget(),
							entry.unit(), paired), entry));
				}
			}
		}
		List<String> names = made.names();
		List<LabelledTask> result = new ArrayList<>();
		for (int i = 0; i < uses.size(); i++) {
			TaskUse use = uses.get(i).use();
			result.add(new LabelledTask(
					new TaskUse(names.get(i), use.environment(), use.wrappers(), use.taskSet(), use.sample(), use.steps(), use.unit(),
							use.sources()),
					uses.get(i).entry()));
		}
		List<List<String>> byEntry = new ArrayList<>();
		for (LabelledTask each : result) {
			while (byEntry.size() <= each.entry().index()) {
				byEntry.add(new ArrayList<>());
			}
			byEntry.get(each.entry().index()).add(each.use().label());
		}
		labels.put(key, byEntry);
		checkTasks(key, result);
		return result;
	}

	/** Indices of the sources that are named, ascending; of all where none is. */
	private List<Integer> sources(List<Object> at, SourceLabels labels, List<LabelledTask> sources) {
		if (labels.names().isEmpty()) {
			return IntStream.range(0, sources.size()).boxed().toList();
		}
		SortedSet<Integer> found = new TreeSet<>();
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < labels.names().size(); i++) {
			String name = labels.names().get(i);
			Located given = root.get(at.get(0).toString()).list().get((Integer) at.get(1)).get("sources");
			List<Object> where = given != null && given.isList() ? path(at, "sources", i) : path(at, "sources");
			List<Integer> meant = IntStream.range(0, sources.size()).filter(source -> name.equals(sources.get(source).use().label())
					|| name.equals(sources.get(source).entry().keys().label().text())).boxed().toList();
			if (meant.isEmpty()) {
				problem(where, Spelling.unknown("source", name, sources.stream().map(source -> source.use().label()).toList()));
			} else if (!seen.add(name)) {
				problem(where, "'" + name + "' stands twice");
			}
			found.addAll(meant);
		}
		return List.copyOf(found);
	}

	private static String shown(List<Choice<Wrapper<?>>> wrappers) {
		return wrappers.stream().map(ExperimentReader::shown).collect(Collectors.joining("+"));
	}

	/** A choice by its id and those settings that differ from their defaults. */
	private static String shown(Choice<?> choice) {
		SettingsSchema schema = SettingsSchema.of(choice.settings().getClass());
		Map<String, Object> settings = schema.toYaml(choice.settings());
		schema.entries().forEach(entry -> entry.byDefault().ifPresent(byDefault -> settings.computeIfPresent(entry.key(),
				(key, value) -> SettingsSchema.shown(value).equals(byDefault) ? null : value)));
		String shown = settings.entrySet().stream().map(each -> each.getKey() + "=" + SettingsSchema.shown(each.getValue()))
				.collect(Collectors.joining(","));
		return choice.id() + (shown.isEmpty() ? "" : "(" + shown + ")");
	}

	private void checkTasks(String key, List<LabelledTask> tasks) {
		Map<String, LabelledTask> byLabel = new HashMap<>();
		Map<String, LabelledTask> byContent = new HashMap<>();
		for (LabelledTask each : tasks) {
			TaskUse use = each.use();
			List<Object> at = List.of(key, each.entry().index());
			String content = use.environment().id() + " "
					+ SettingsSchema.of(use.environment().settings().getClass()).canonical(use.environment().settings()) + " "
					+ use.wrappers().stream().map(wrapper -> choice("id", wrapper).toString()).toList() + " " + use.sample() + " "
					+ use.steps() + " " + use.unit() + " " + use.taskSet() + " " + each.entry().keys().sources();
			LabelledTask same = key.equals("target") ? byContent.putIfAbsent(content, each) : null;
			if (same != null) {
				problem(at, "is the same as target." + same.entry().index() + "; the results would be the same too, remove one");
				continue;
			}
			LabelledTask taken = byLabel.putIfAbsent(use.label(), each);
			if (taken != null) {
				problem(each.entry().keys().label().text().isEmpty() ? at : path(at, "label"),
						"the label '" + use.label() + "' is taken by " + key + "." + taken.entry().index());
			}
		}
	}

	// ---- strategies

	private List<ArmEntry> armEntries() {
		List<ArmEntry> result = new ArrayList<>();
		List<Located> list = entries("strategies", true);
		for (int i = 0; i < list.size(); i++) {
			List<Object> at = List.of("strategies", i);
			Located map = list.get(i);
			if (!map.isMap()) {
				problem(at, "must be a map like {id: " + idLike(map, catalog.strategies().keySet()) + "}");
				continue;
			}
			Record keys = formatKeys(at, map, ExperimentFormat.ARM, "id");
			Optional<Choice<Strategy<?>>> strategy = chosen("strategy", at, map, "id", ExperimentFormat.ARM.keys(),
					catalog.strategies());
			Optional<Optional<Choice<Backbone<?>>>> backbone = own(at, "backbone", map, catalog.backbones());
			Optional<Optional<Choice<Learner<?>>>> learner = own(at, "learner", map, catalog.learners());
			Optional<List<Choice<Wrapper<?>>>> wrappers = wrappers(at, map.get("wrap"));
			if (strategy.isPresent() && backbone.isPresent() && learner.isPresent() && wrappers.isPresent()
					&& keys instanceof ArmKeys armKeys) {
				result.add(new ArmEntry(i, armKeys, strategy.get(), backbone.get(), learner.get(), wrappers.get()));
			}
		}
		return result;
	}

	/** What an arm names of its own, if anything; empty when it names what cannot be read. */
	private <T> Optional<Optional<Choice<T>>> own(List<Object> at, String key, Located map, SortedMap<String, Contribution<T>> known) {
		Located own = map.get(key);
		if (own == null || !own.isMap() || own.map().isEmpty()) {
			return Optional.of(Optional.empty());
		}
		return chosen(key, path(at, key), own, "id", ExperimentFormat.CHOICE.keys(), known).map(Optional::of);
	}

	/**
	 * Equips the arms.
	 *
	 * @param backbone the experiment's, where it could be read
	 * @param learner  the experiment's with the losses, where it could be read
	 */
	private List<MetArm> arms(List<ArmEntry> entries, Optional<Choice<Backbone<?>>> backbone, Optional<Choice<Learner<?>>> learner,
			List<LossUse> losses, List<LabelledTask> source) {
		Labels made = new Labels();
		for (ArmEntry entry : entries) {
			if (entry.keys().label().text().isEmpty()) {
				made.derive(entry.strategy().id(), settings(entry));
			} else {
				made.give(entry.keys().label().text(), entry.strategy().id(), settings(entry));
			}
		}
		List<String> names = made.names();
		List<MetArm> arms = new ArrayList<>();
		Map<String, Integer> byLabel = new HashMap<>();
		Map<String, Integer> byContent = new HashMap<>();
		List<List<String>> byEntry = new ArrayList<>();
		for (int i = 0; i < entries.size(); i++) {
			ArmEntry entry = entries.get(i);
			List<Object> at = entry.at();
			arms.add(new MetArm(entry, new Arm(names.get(i), entry.strategy(), entry.backbone().or(() -> backbone).orElse(null),
					entry.learner().map(own -> LearnerWithLosses.of(own, losses)).or(() -> learner).orElse(null), entry.wrappers(),
					sources(at, entry.keys().sources(), source)), new IdentityHashMap<>()));
			while (byEntry.size() <= entry.index()) {
				byEntry.add(new ArrayList<>());
			}
			byEntry.get(entry.index()).add(names.get(i));
			Integer same = byContent.putIfAbsent(entry.strategy().id() + " " + settings(entry), entry.index());
			if (same != null) {
				problem(at, "is the same as strategies." + same + "; the results would be the same too, remove one");
				continue;
			}
			Integer taken = byLabel.putIfAbsent(names.get(i), entry.index());
			if (taken != null) {
				problem(entry.keys().label().text().isEmpty() ? at : path(at, "label"),
						"the label '" + names.get(i) + "' is taken by strategies." + taken);
			}
		}
		labels.put("strategies", byEntry);
		return arms;
	}

	/** All that tells an arm from others: its strategy's settings, and what it names of its own. */
	private static Map<String, Object> settings(ArmEntry entry) {
		Map<String, Object> settings = SettingsSchema.of(entry.strategy().settings().getClass()).toYaml(entry.strategy().settings());
		entry.backbone().ifPresent(own -> settings.put("backbone", shown(own)));
		entry.learner().ifPresent(own -> settings.put("learner", shown(own)));
		if (!entry.wrappers().isEmpty()) {
			settings.put("wrap", shown(entry.wrappers()));
		}
		if (!entry.keys().sources().names().isEmpty()) {
			settings.put("sources", String.join("+", entry.keys().sources().names()));
		}
		return settings;
	}

	// ---- what must fit together

	/**
	 * An arm among the tasks.
	 *
	 * @param arm      backbone and learner are null where they could not be read
	 * @param families what it meets in each entry; empty where its wrappers do not go around the entry's environment
	 */
	private record MetArm(ArmEntry entry, Arm arm, Map<TaskEntry, Optional<TaskFamily>> families) {}

	/** What an arm meets in an entry: the family in the arm's wrappers; empty, and told, where these refuse it. */
	private Optional<TaskFamily> met(MetArm arm, TaskEntry entry) {
		List<Choice<Wrapper<?>>> wrappers = arm.entry().wrappers();
		return wrappers.isEmpty() ? Optional.of(entry.family())
				: arm.families().computeIfAbsent(entry,
						key -> wrapped(arm.entry().at(), wrappers, entry.family(), entry.environment().contribution()));
	}

	/** When an arm learns on sources. */
	private enum When {
		/** In an acquisition that is its only one on these sources. */
		ALONE,
		/** In one of several acquisitions. */
		BEFORE,
		/** In the adaptation, beside the target. */
		BESIDE
	}

	/**
	 * How an arm learns on certain sources.
	 *
	 * @param arm      the arm
	 * @param given    indices of the sources that the arm has for the targets at hand
	 * @param when     in an acquisition or in the adaptation
	 * @param on       the sources that it learns on
	 * @param families what the arm meets there
	 */
	private record Acquired(MetArm arm, List<Integer> given, When when, List<LabelledTask> on, List<TaskFamily> families) {}

	/** What the arms learn on the sources before they adapt; what they leave out and cannot learn on is told. */
	private List<Acquired> acquired(List<MetArm> arms, List<LabelledTask> sources, List<LabelledTask> targets) {
		List<Acquired> all = new ArrayList<>();
		boolean allKnown = true;
		for (MetArm arm : arms) {
			Set<List<Integer>> seen = new HashSet<>();
			for (LabelledTask target : targets) {
				List<Integer> given = new ArrayList<>(arm.arm().sources());
				if (target.use().sources().size() < sources.size()) {
					given.retainAll(target.use().sources());
				}
				if (seen.add(given)) {
					Optional<List<Acquired>> acquired = acquired(arm, given, sources, target);
					allKnown &= acquired.isPresent();
					acquired.ifPresent(all::addAll);
				}
			}
		}
		checkSources(all);
		boolean allRead = allKnown && !arms.isEmpty() && problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR)
				&& !targets.isEmpty() && root.get("strategies") instanceof Located list && list.isList()
				&& list.list().size() == arms.size();
		if (allRead) {
			Set<LabelledTask> used = Collections.newSetFromMap(new IdentityHashMap<>());
			all.forEach(each -> used.addAll(each.on()));
			if (all.isEmpty() && !sources.isEmpty()) {
				warning(List.of("source"), "none of the strategies learns on sources, so these are not used");
			} else {
				sources.stream().filter(source -> !used.contains(source)).forEach(source -> warning(
						List.of("source", source.entry().index()), "no strategy learns on '" + source.use().label() + "'"));
			}
		}
		return all;
	}

	/** @return empty where the strategy does not say what can be believed */
	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private Optional<List<Acquired>> acquired(MetArm arm, List<Integer> given, List<LabelledTask> sources, LabelledTask target) {
		List<Object> at = arm.entry().at();
		Contribution<Strategy<?>> contribution = arm.entry().strategy().contribution();
		List<TaskFamily> families = new ArrayList<>();
		for (int source : given) {
			Optional<TaskFamily> family = met(arm, sources.get(source).entry());
			if (family.isEmpty()) {
				return Optional.empty();
			}
			families.add(family.get());
		}
		Optional<List<Acquisition>> acquisitions = guarded(at, contribution, "acquisitions",
				() -> ((Strategy<Record>) contribution.instance().get()).acquisitions(arm.entry().strategy().settings(), families));
		if (acquisitions.isEmpty()) {
			return Optional.empty();
		}
		Optional<Boolean> beside = guarded(at, contribution, "adaptsOnSources",
				() -> ((Strategy<Record>) contribution.instance().get()).adaptsOnSources(arm.entry().strategy().settings()));
		if (beside.isEmpty()) {
			return Optional.empty();
		}
		boolean sourcesGiven = root.get("source") instanceof Located list && list.isList() && !list.list().isEmpty();
		if (given.isEmpty() && (beside.get() || !acquisitions.get().isEmpty())) {
			// a source that could not be read was told
			if (!sources.isEmpty() || !sourcesGiven) {
				problem(at, "'" + arm.entry().strategy().id() + "' learns on sources" + (acquisitions.get().isEmpty() ? "" : " first")
						+ ", but " + (sourcesGiven ? "its 'sources' and those of target '" + target.use().label() + "' have none in common"
								: "'source' lists none"));
			}
			return Optional.empty();
		}
		List<Acquired> result = new ArrayList<>();
		Set<Acquisition> before = new HashSet<>();
		for (Acquisition acquisition : acquisitions.get()) {
			if (!(acquisition instanceof Record)) {
				problem(at, origin(contribution) + " gives an acquisition that is no record ("
						+ (acquisition == null ? "null" : acquisition.getClass().getName()) + "); its author has to make it one");
				return Optional.empty();
			}
			Optional<List<Acquisition>> needs = guarded(at, contribution, "needs", acquisition::needs);
			Optional<List<Integer>> on = guarded(at, contribution, "sources", () -> acquisition.sources(given.size()));
			if (needs.isEmpty() || on.isEmpty()) {
				return Optional.empty();
			}
			if (!before.containsAll(needs.get())) {
				problem(at, origin(contribution) + " gives the acquisition " + acquisition
						+ ", which needs one that does not stand before it; its author has to put it there");
				return Optional.empty();
			}
			if (on.get().isEmpty() || new HashSet<>(on.get()).size() < on.get().size()
					|| on.get().stream().anyMatch(source -> source == null || source < 0 || source >= given.size())) {
				problem(at, origin(contribution) + " gives the acquisition " + acquisition + ", which learns on the sources " + on.get()
						+ " of " + given.size() + "; its author has to name different ones, from 0");
				return Optional.empty();
			}
			before.add(acquisition);
			result.add(new Acquired(arm, given, acquisitions.get().size() == 1 ? When.ALONE : When.BEFORE,
					on.get().stream().map(source -> sources.get(given.get(source))).toList(),
					on.get().stream().map(families::get).toList()));
		}
		if (beside.get()) {
			result.add(new Acquired(arm, given, When.BESIDE, given.stream().map(sources::get).toList(), families));
		}
		return Optional.of(result);
	}

	@SuppressWarnings("unchecked")
	private void checkStrategies(List<MetArm> arms, List<TaskEntry> targets) {
		for (MetArm arm : arms) {
			List<Object> at = arm.entry().at();
			Choice<Strategy<?>> strategy = arm.entry().strategy();
			Contribution<Strategy<?>> contribution = strategy.contribution();
			Map<String, TaskEntry> refused = new LinkedHashMap<>();
			for (TaskEntry target : targets) {
				Optional<TaskFamily> family = met(arm, target);
				if (family.isEmpty()) {
					continue;
				}
				try {
					contribution.call("check", () -> {
						((Strategy<Record>) contribution.instance().get()).check(strategy.settings(), family.get());
						return true;
					});
				} catch (RefusedException e) {
					refused.putIfAbsent(e.reason(), target);
				} catch (BrokenContributionException e) {
					refused.putIfAbsent(e.getMessage(), target);
				}
			}
			refused.forEach((message, target) -> problem(at,
					message + " (target." + target.index() + ", " + target.environment().id() + ")"));
		}
	}

	private void checkTraining(Values values, boolean losses, List<MetArm> arms, List<Acquired> acquired,
			List<LabelledTask> sources, List<TaskEntry> targets, NetworkCheck networks) {
		BudgetCheck budgets = new BudgetCheck(values, (severity, path, message) -> problem(severity, root.place(path, false),
				path, message));
		Set<Integer> refused = new HashSet<>();
		Map<MetArm, Map<List<Integer>, Learned>> learned = new IdentityHashMap<>();
		Map<MetArm, Map<List<Integer>, Acquired>> beside = new IdentityHashMap<>();
		// by source entry; an arm that learns on it in several ways learns in all with the same lanes
		Map<TaskEntry, Map<Integer, Learning>> onSource = new IdentityHashMap<>();
		for (Acquired each : acquired) {
			if (each.when() == When.BESIDE) {
				beside.computeIfAbsent(each.arm(), key -> new HashMap<>()).put(each.given(), each);
			}
			Optional<Learning> learning = learning(each.arm(), each.families(), values);
			if (learning.isPresent()) {
				networks.check(List.of(learning.get()), each.families().get(0));
				checkWeights(each.arm().entry(), learning.get(), refused);
				each.on().forEach(source -> onSource.computeIfAbsent(source.entry(), key -> new TreeMap<>())
						.putIfAbsent(each.arm().entry().index(), learning.get()));
				if (each.when() == When.ALONE) {
					rules(each.arm().entry()).ifPresent(rules -> learned.computeIfAbsent(each.arm(), key -> new HashMap<>())
							.put(each.given(), new Learned(learning.get(), each.on().get(0).entry(), each.families().get(0), rules)));
				}
			}
		}
		SortedMap<Integer, TaskEntry> sourceEntries = new TreeMap<>();
		sources.forEach(source -> sourceEntries.put(source.entry().index(), source.entry()));
		for (TaskEntry entry : sourceEntries.values()) {
			List<Learning> learning = List.copyOf(onSource.getOrDefault(entry, Map.of()).values());
			if (entry.budget() > 0 && checkUnits("source", entry, learning, arms)) { // otherwise that was told
				budgets.source(List.of("source", entry.index()), entry.unit(), entry.budget(), horizon(entry), learning);
			}
		}
		for (TaskEntry entry : targets) {
			List<Learning> adaptations = new ArrayList<>();
			Map<String, List<String>> misfits = new LinkedHashMap<>();
			List<Integer> paired = sources(List.of("target", entry.index()), entry.keys().sources(), sources);
			for (MetArm arm : arms) {
				Optional<TaskFamily> family = met(arm, entry);
				List<Integer> given = new ArrayList<>(arm.arm().sources());
				if (paired.size() < sources.size()) {
					given.retainAll(paired);
				}
				Acquired joint = beside.getOrDefault(arm, Map.of()).get(given);
				Optional<Learning> adaptation = family.flatMap(one -> learning(arm, joint == null ? List.of(one)
						: Stream.concat(Stream.of(one), joint.families().stream()).toList(), values));
				if (adaptation.isEmpty()) {
					continue;
				}
				adaptations.add(adaptation.get());
				networks.check(List.of(adaptation.get()), family.get());
				checkWeights(arm.entry(), adaptation.get(), refused);
				if (losses && adaptation.get().training().by() != arm.arm().learner().contribution()) {
					warning(List.of("losses"), "'" + arm.arm().label() + "' has a learner of its own, which applies none of these");
				}
				if (joint != null) {
					TaskEntry first = joint.on().get(0).entry();
					String differs = differs(family.get(), joint.families().get(0), first);
					if (!differs.isEmpty()) {
						problem(List.of("target", entry.index(), "environment"),
								differs + "; '" + arm.arm().label() + "' learns on both at once");
					}
				}
				if (learned.containsKey(arm)) {
					Learned before = learned.get(arm).get(given);
					if (before != null) {
						checkCarryOver(entry, family.get(), before, adaptation.get(), networks, misfits);
					}
				}
			}
			misfits.forEach((misfit, labels) -> problem(List.of("target", entry.index(), "environment"),
					misfit.formatted("'" + String.join("', '", labels) + "'")));
			if (checkUnits("target", entry, adaptations, arms)) {
				budgets.target(List.of("target", entry.index()), entry.unit(), entry.budget(), horizon(entry), adaptations);
			}
		}
		budgets.finish();
	}

	/** Whether the learners that train on a task count in its budget's unit, and find there what they learn from. */
	private boolean checkUnits(String list, TaskEntry entry, List<Learning> learning, List<MetArm> arms) {
		Map<String, List<String>> others = new LinkedHashMap<>();
		Map<String, List<String>> nothing = new LinkedHashMap<>();
		for (Learning arm : learning) {
			BudgetUnit unit = arm.training().unit();
			if (unit != entry.unit()) {
				others.computeIfAbsent(arm.training().learner() + " counts in " + unit.many() + ", not in " + entry.unit().many()
						+ ": write '" + unit.key() + ": …' instead of '" + entry.unit().key() + "'", key -> new ArrayList<>())
						.add(arm.label());
			} else if (!unit.acts()) {
				TaskFamily family = arms.stream().filter(each -> each.entry().index() == arm.index()).findFirst()
						.flatMap(each -> met(each, entry)).orElse(entry.family());
				for (String set : entry.taskSets()) {
					learnable(entry, family, set, arm.training())
							.ifPresent(why -> nothing.computeIfAbsent(why, key -> new ArrayList<>()).add(arm.label()));
				}
			}
		}
		others.forEach((message, labels) -> problem(entry.budgetAt(list), message + BudgetCheck.of(labels, learning)));
		nothing.forEach(
				(message, labels) -> problem(List.of(list, entry.index(), "environment"), message + BudgetCheck.of(labels, learning)));
		return others.isEmpty() && nothing.isEmpty();
	}

	/** Why a learner that acts nowhere learns nothing on a task set; empty where it does. */
	private static Optional<String> learnable(TaskEntry entry, TaskFamily family, String set, ArmTraining training) {
		DataSet dataSet = family.dataSets().get(set);
		if (dataSet == null) {
			return Optional.of(training.learner() + " learns from examples, and '" + entry.environment().id() + "' offers none for '" + set
					+ "'" + (entry.family().dataSets().containsKey(set) || !entry.wrappers().isEmpty()
							? ", or none that show what is shown around its wrappers" : ""));
		}
		try {
			training.check(dataSet);
			return Optional.empty();
		} catch (RefusedException e) {
			return Optional.of(training.learner() + ": " + e.reason());
		} catch (BrokenContributionException e) {
			return Optional.of(e.getMessage());
		}
	}

	/** Who weighs trials needs a learner that can learn from them; said once of each arm. */
	private void checkWeights(ArmEntry entry, Learning arm, Set<Integer> refused) {
		ArmTraining training = arm.training();
		if (training.training().weighsTrials() && !training.by().call("weighsTrials", () -> training.using().learner().weighsTrials())
				&& refused.add(arm.index())) {
			problem(entry.at(), "'" + arm.label() + "' weighs trials before an update, which " + training.learner()
					+ " cannot learn from; choose another learner, or leave the strategy out");
		}
	}

	private Optional<Learning> learning(MetArm arm, List<TaskFamily> tasks, Values values) {
		if (arm.arm().learner() == null) {
			return Optional.empty();
		}
		ArmEntry entry = arm.entry();
		return guarded(entry.at(), entry.strategy().contribution(), "training",
				() -> ArmTraining.of(entry.strategy(), arm.arm().learner(), tasks, values.trial().episodes()))
				.flatMap(training -> training).map(training -> new Learning(entry.index(), arm.arm().label(), training,
						Optional.ofNullable(arm.arm().backbone()),
						entry.backbone().isPresent() ? path(entry.at(), "backbone") : List.of("backbone")));
	}

	private static int horizon(TaskEntry entry) {
		return entry.family().environment().maxEpisodeSteps();
	}

	/** One agent learns on all sources of an acquisition. */
	private void checkSources(List<Acquired> acquired) {
		Set<List<Object>> seen = new HashSet<>();
		for (Acquired each : acquired) {
			for (int i = 1; i < each.on().size(); i++) {
				TaskEntry entry = each.on().get(i).entry();
				TaskEntry first = each.on().get(0).entry();
				if (entry == first || !seen.add(List.of(entry.index(), first.index(), each.arm().entry().wrappers()))) {
					continue;
				}
				String differs = differs(each.families().get(i), each.families().get(0), first);
				if (!differs.isEmpty()) {
					problem(List.of("source", entry.index(), "environment"), differs + "; one agent cannot learn on both");
				} else {
					checkBounds("source", entry, each.families().get(i), first, each.families().get(0));
				}
			}
		}
	}

	/**
	 * What an arm brings along from the sources.
	 *
	 * @param acquisition how it learned there
	 * @param source      where
	 * @param family      what it met there
	 * @param rules       what it takes over
	 */
	private record Learned(Learning acquisition, TaskEntry source, TaskFamily family, List<WarmStartRule> rules) {}

	/** What an arm learned on the sources must fit the target, as far as it takes that over; what does not is added to {@code misfits}. */
	private void checkCarryOver(TaskEntry entry, TaskFamily family, Learned learned, Learning adaptation, NetworkCheck networks,
			Map<String, List<String>> misfits) {
		List<String> found = networks.misfits(learned.acquisition(), learned.family(), adaptation, family, learned.rules());
		if (found.isEmpty()) {
			checkBounds("target", entry, family, learned.source(), learned.family());
			return;
		}
		String text = (differs(family, learned.family(), learned.source()) + "; \0 cannot take over " + String.join("; ", found))
				.replace("%", "%%").replace("\0", "%s");
		misfits.computeIfAbsent(text, key -> new ArrayList<>()).add(adaptation.label());
	}

	@SuppressWarnings("unchecked")
	private Optional<List<WarmStartRule>> rules(ArmEntry arm) {
		Contribution<Strategy<?>> contribution = arm.strategy().contribution();
		return guarded(arm.at(), contribution, "warmStart",
				() -> ((Strategy<Record>) contribution.instance().get()).warmStart(arm.strategy().settings()));
	}

	/** In what the sizes of a family's spaces differ from those of a source's family; empty when in nothing. */
	private static String differs(TaskFamily family, TaskFamily sourceFamily, TaskEntry source) {
		List<String> differences = new ArrayList<>();
		ObservationSpace seen = View.PLAIN.observationSpace(family.environment());
		ObservationSpace sourceSeen = View.PLAIN.observationSpace(sourceFamily.environment());
		if (seen.rowSize() != sourceSeen.rowSize()) {
			differences.add("its observations have " + numbers(seen.row()) + ", those of source." + source.index() + " have "
					+ sourceSeen.rowSize());
		}
		List<ObservationPart> images = seen.images();
		List<ObservationPart> sourceImages = sourceSeen.images();
		if (!images.equals(sourceImages)) {
			differences.add("it shows " + images(images) + ", source." + source.index() + " shows " + images(sourceImages));
		}
		ActionSpace actions = family.environment().actionSpace();
		ActionSpace sourceActions = sourceFamily.environment().actionSpace();
		if (!size(actions).equals(size(sourceActions))) {
			differences.add("it has " + size(actions) + ", source." + source.index() + " has " + size(sourceActions));
		}
		return String.join("; ", differences);
	}

	private void checkBounds(String key, TaskEntry entry, TaskFamily family, TaskEntry source, TaskFamily sourceFamily) {
		ActionSpace actions = family.environment().actionSpace();
		ActionSpace sourceActions = sourceFamily.environment().actionSpace();
		if (size(actions).equals(size(sourceActions)) && !actions.equals(sourceActions)) {
			warning(List.of(key, entry.index(), "environment"), "its actions have other bounds than those of source."
					+ source.index() + ": " + actions + ", not " + sourceActions);
		}
	}

	private static String size(ActionSpace space) {
		return switch (space) {
			case DiscreteSpace discrete -> "a choice of " + discrete.count() + " actions";
			case MultiDiscreteSpace choices -> choices.toString();
			case BoxSpace box -> "actions of " + numbers(box);
		};
	}

	private static String images(List<ObservationPart> images) {
		return images.isEmpty() ? "no image" : String.join(", ", images.stream().map(ObservationPart::toString).toList());
	}

	private static String numbers(BoxSpace box) {
		return box.size() == 1 ? "1 number" : box.size() + " numbers";
	}

	private void checkValues(Values values, List<LabelledTask> sources, List<LabelledTask> targets, int arms) {
		Set<Integer> shots = new LinkedHashSet<>();
		for (int i = 0; i < values.shots().size(); i++) {
			if (!shots.add(values.shots().get(i))) {
				problem(List.of("shots", i), values.shots().get(i) + " stands twice");
			}
		}
		long evaluated = (long) values.evaluation().episodes() * values.trial().episodes();
		if (evaluated > MOST_EVALUATED) {
			problem(List.of("evaluation", "episodes"), "evaluation.episodes × trial.episodes are " + values.evaluation().episodes()
					+ " × " + values.trial().episodes() + " = " + evaluated + " episodes in one evaluation; at most "
					+ MOST_EVALUATED + " are possible");
		}
		long adaptations = (long) arms * targets.size() * values.seeds();
		if (adaptations > MOST_ADAPTATIONS) {
			problem(List.of("seeds"), "strategies × targets × seeds are " + arms + " × " + targets.size() + " × "
					+ values.seeds() + " = " + adaptations + " adaptations; at most " + MOST_ADAPTATIONS + " are possible");
		}
		if (adaptations > MANY_ADAPTATIONS && adaptations <= MOST_ADAPTATIONS) {
			warning(List.of("seeds"), "strategies × targets × seeds are " + adaptations + " adaptations. They can be planned; a run keeps"
					+ " a folder for each and the state of all in one file, so more than " + MANY_ADAPTATIONS
					+ " are better run as several experiments");
		}
		checkTotal(values, sources, targets, arms);
		checkTrials(values, sources, targets, arms);
		checkEvaluation("source", values, sources);
		checkEvaluation("target", values, targets);
	}

	/** Every arm is taken to have sources of its own, and to be trained and judged wherever it can be. */
	private void checkTotal(Values values, List<LabelledTask> sources, List<LabelledTask> targets, int arms) {
		double steps = 0;
		for (LabelledTask task : concat(sources, targets)) {
			double evaluations = 2 + (double) task.use().steps() / values.evaluation().every() + values.shots().size();
			steps += (task.use().unit().acts() ? task.use().steps() : 0)
					+ evaluations * values.evaluation().episodes() * values.trial().episodes() * horizon(task.entry());
		}
		steps *= (double) arms * values.seeds();
		if (steps > MOST_STEPS) {
			warning(List.of("seeds"), String.format(Locale.ROOT, "strategies × seeds × the steps of sources and targets, with their"
					+ " evaluations, are up to %.1e environment steps; at a million a second they take %.0f years", steps,
					steps / 1e6 / 3600 / 24 / 365));
		}
	}

	/** Trials as {@link #checkTotal} counts them. Which sources a step has together is not looked at: it may have any number of them. */
	private void checkTrials(Values values, List<LabelledTask> sources, List<LabelledTask> targets, int arms) {
		if (!values.evaluation().trials()) {
			return;
		}
		double rows = 0;
		double all = 0;
		double most = 0;
		for (LabelledTask task : concat(sources, targets)) {
			double trials = (2 + (double) task.use().steps() / values.evaluation().every() + values.shots().size())
					* values.evaluation().episodes();
			int numbers = task.entry().family().parameterNames().size() + task.entry().family().environment().outcomes().size();
			double bytes = trials * (TRIAL_BYTES + NUMBER_BYTES * numbers);
			rows += trials;
			all += bytes;
			most = Math.max(most, bytes);
		}
		rows *= (double) arms * values.seeds();
		all *= (double) arms * values.seeds();
		List<Object> path = List.of("evaluation", "trials");
		if (most > RegularFile.LARGEST) {
			problem(path, String.format(Locale.ROOT, "trials.csv of one step may get %.1f GB, and a file of a result has at most %.1f GB;"
					+ " judge less often (evaluation.every) or on fewer trials (evaluation.episodes)", most / 1e9,
					RegularFile.LARGEST / 1e9));
		} else if (rows > MANY_TRIALS) {
			warning(path, String.format(Locale.ROOT, "strategies × seeds × evaluations × evaluation.episodes are up to %.1e judged trials,"
					+ " each a row of trials.csv: up to %.1f GB", rows, all / 1e9));
		}
	}

	private static List<LabelledTask> concat(List<LabelledTask> sources, List<LabelledTask> targets) {
		List<LabelledTask> all = new ArrayList<>(sources);
		all.addAll(targets);
		return all;
	}

	private void checkEvaluation(String key, Values values, List<LabelledTask> tasks) {
		Set<Integer> said = new LinkedHashSet<>();
		for (LabelledTask task : tasks) {
			if (task.use().steps() > 0 && values.evaluation().every() > task.use().steps() && said.add(task.entry().index())) {
				BudgetUnit unit = task.use().unit();
				warning(task.entry().budgetAt(key), "the budget of "
						+ BudgetCheck.count(unit, task.use().steps()) + " ends before the first evaluation at "
						+ values.evaluation().every() + " " + unit.key() + " (evaluation.every), so there is no learning curve");
			}
		}
	}

	private static List<Integer> shots(Values values) {
		TreeSet<Integer> shots = new TreeSet<>(values.shots());
		shots.add(0);
		return List.copyOf(shots);
	}

	// ---- the frozen file

	private static String frozen(Values values, Experiment experiment, List<TaskEntry> sources, List<TaskEntry> targets,
			List<ArmEntry> arms) {
		Map<String, Object> all = ExperimentFormat.VALUES.toYaml(values);
		all.put("shots", experiment.shots());
		all.put("backbone", choice("id", experiment.backbone()));
		all.put("learner", choice("id", experiment.learner()));
		if (!experiment.losses().isEmpty()) {
			all.put("losses", experiment.losses().stream().map(use -> {
				Map<String, Object> map = choice("id", use.loss());
				map.put("weight", use.weight());
				return map;
			}).toList());
		}
		all.put("executor", choice("id", experiment.executor()));
		all.put("source", sources.stream().map(ExperimentReader::entry).toList());
		all.put("target", targets.stream().map(ExperimentReader::entry).toList());
		all.put("strategies", arms.stream().map(arm -> {
			Map<String, Object> map = ExperimentFormat.ARM.toYaml(arm.keys());
			arm.backbone().ifPresent(own -> map.put("backbone", choice("id", own)));
			arm.learner().ifPresent(own -> map.put("learner", choice("id", own)));
			map.put("wrap", arm.wrappers().stream().map(wrapper -> choice("id", wrapper)).toList());
			withoutDefaults(map);
			map.putAll(choice("id", arm.strategy()));
			return map;
		}).toList());
		Map<String, Object> ordered = new LinkedHashMap<>();
		for (String key : ExperimentFormat.keys()) {
			if (all.containsKey(key)) {
				ordered.put(key, all.get(key));
			}
		}
		return new Dump(DumpSettings.builder().setSchema(new CoreSchema()).setDefaultFlowStyle(FlowStyle.BLOCK)
				.setWidth(120).setDereferenceAliases(true).build()).dumpToString(ordered);
	}

	private static Map<String, Object> choice(String idKey, Choice<?> choice) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put(idKey, choice.id());
		map.putAll(SettingsSchema.of(choice.settings().getClass()).toYaml(choice.settings()));
		return map;
	}

	/** Labels, wrappers and pairings that nobody gave. */
	private static void withoutDefaults(Map<String, Object> keys) {
		keys.values().removeIf(value -> value.equals("") || value.equals(List.of()) || value.equals(Map.of()));
	}

	private static Map<String, Object> entry(TaskEntry entry) {
		Map<String, Object> map = ExperimentFormat.TASKS.toYaml(entry.keys());
		Stream.of(BudgetUnit.values()).filter(unit -> unit != entry.unit()).forEach(unit -> map.remove(unit.key()));
		map.put("task", entry.taskSets());
		map.put("wrap", entry.wrappers().stream().map(wrapper -> choice("id", wrapper)).toList());
		withoutDefaults(map);
		map.putAll(choice("environment", entry.environment()));
		return map;
	}
}
