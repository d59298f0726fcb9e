package org.headstart.engine.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.View;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.Loss;
import org.headstart.api.settings.SettingProblem;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.settings.Spelling;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.catalog.BrokenContributionException;
import org.headstart.engine.catalog.Catalog;
import org.headstart.engine.catalog.Contribution;
import org.headstart.engine.catalog.RefusedException;
import org.headstart.engine.catalog.TaskFamilies;
import org.headstart.engine.experiment.BudgetCheck.Learning;
import org.headstart.engine.experiment.Experiment.Arm;
import org.headstart.engine.experiment.Experiment.Checkpointing;
import org.headstart.engine.experiment.Experiment.LossUse;
import org.headstart.engine.experiment.Experiment.TaskUse;
import org.headstart.engine.experiment.ExperimentFormat.ArmKeys;
import org.headstart.engine.experiment.ExperimentFormat.LossKeys;
import org.headstart.engine.experiment.ExperimentFormat.TaskKeys;
import org.headstart.engine.experiment.ExperimentFormat.Values;
import org.headstart.engine.experiment.Located.Place;
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
			TaskFamily family, List<String> taskSets) {
	}

	/** One entry of {@code strategies}. */
	private record ArmEntry(int index, ArmKeys keys, Choice<Strategy<?>> strategy) {
	}

	private record LabelledTask(TaskUse use, TaskEntry entry) {
	}

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
		List<LossUse> losses = losses(learner);
		if (root.get("executor") == null) {
			root.map().put("executor", new Located.Entry(root.place(), Located.emptyMap(root.place())));
			root.get("executor").map().put("id",
					new Located.Entry(root.place(), new Located(root.place(), ExperimentFormat.LOCAL)));
		}
		Optional<Choice<Executor<?>>> executor = choice("executor", catalog.executors());
		List<TaskEntry> sources = taskEntries("source", false);
		List<TaskEntry> targets = taskEntries("target", true);
		List<ArmEntry> armEntries = armEntries();
		List<LabelledTask> source = tasks("source", sources);
		List<LabelledTask> target = tasks("target", targets);
		List<Arm> arms = arms(armEntries);
		Values values = (Values) bound.settings();
		Set<Integer> acquiring = checkAcquisitions(armEntries, source);
		checkSources(acquiring.isEmpty() ? List.of() : sources);
		checkStrategies(armEntries, targets);
		if (values != null) {
			checkValues(values, source, target, arms);
		}
		checkLosses(losses, targets);
		if (values != null && learner.isPresent()) {
			boolean fit = problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
			checkTraining(values, fit ? LearnerWithLosses.of(learner.get(), losses) : learner.get(), !losses.isEmpty(),
					armEntries, arms, acquiring, sources, targets,
					new NetworkCheck(this, backbone, catalog.backbones(), executor));
		}
		if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR) || values == null
				|| backbone.isEmpty() || learner.isEmpty() || executor.isEmpty()) {
			return failed();
		}
		Experiment experiment = new Experiment(values.name().text(), values.description(), backbone.get(),
				LearnerWithLosses.of(learner.get(), losses), losses,
				source.stream().map(LabelledTask::use).toList(), target.stream().map(LabelledTask::use).toList(),
				values.trial(), arms, shots(values), values.seeds(), values.seed(), values.evaluation(),
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
		Map<String, Object> own = map.plainMap();
		own.keySet().retainAll(schema.keys());
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
				() -> schema.bind(map.plainMap(), formatKeys));
		bound.ifPresent(found -> unbound(at, schema, found));
		return bound.map(SettingsSchema.Bound::settings).map(settings -> new Choice<>(contribution, settings));
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

	private List<LossUse> losses(Optional<Choice<Learner<?>>> learner) {
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
		if (!list.isEmpty() && learner.isPresent() && !guarded(List.of("learner"), learner.get().contribution(), "appliesLosses",
				() -> learner.get().contribution().instance().get().appliesLosses()).orElse(true)) {
			problem(List.of("losses"), "the learner '" + learner.get().id()
					+ "' applies no losses; leave them out, or choose another learner");
		}
		return result;
	}

	/** A loss may need more of an environment than another. */
	private void checkLosses(List<LossUse> losses, List<TaskEntry> targets) {
		for (int i = 0; i < losses.size(); i++) {
			Choice<Loss<?>> loss = losses.get(i).loss();
			for (TaskEntry target : targets) {
				guarded(List.of("losses", i), loss.contribution(), "heads", () -> LearnerWithLosses.heads(loss,
						View.PLAIN.observationSpace(target.family().environment()), target.family().environment().actionSpace()));
			}
		}
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
			Record keys = formatKeys(at, map, ExperimentFormat.TASKS, "environment");
			Optional<Choice<Environment<?>>> environment = chosen("environment", at, map, "environment",
					ExperimentFormat.TASKS.keys(), catalog.environments());
			if (environment.isEmpty()) {
				continue;
			}
			List<Choice<Wrapper<?>>> wrappers = new ArrayList<>();
			Optional<TaskFamily> family = family(at, environment.get()).flatMap(bare -> wrapped(at, map.get("wrap"), bare, environment.get().contribution(), wrappers));
			if (!judged && keys instanceof TaskKeys taskKeys && taskKeys.steps() == 0) {
				problem(path(at, "steps"), "must be at least 1: nothing is learned on a source without steps; only a target may"
						+ " have 0, which means that it is judged and not trained on");
			}
			if (family.isPresent() && keys instanceof TaskKeys taskKeys) {
				Optional<List<String>> taskSets = taskSets(at, taskKeys, family.get(), judged);
				int index = i;
				taskSets.ifPresent(sets -> result.add(new TaskEntry(index, taskKeys, environment.get(), wrappers, family.get(), sets)));
			}
		}
		return result;
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

	/** Wraps a family as the file says; into {@code wrappers} go those that it names. */
	private Optional<TaskFamily> wrapped(List<Object> at, Located list, TaskFamily bare, Contribution<?> environment,
			List<Choice<Wrapper<?>>> wrappers) {
		TaskFamily family = bare;
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
			try {
				family = TaskFamilies.wrapped(family, environment, wrapper.get().contribution(), wrapper.get().settings());
			} catch (RefusedException e) {
				problem(here, e.reason());
				return Optional.empty();
			} catch (BrokenContributionException e) {
				problem(here, e.getMessage());
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

	private List<LabelledTask> tasks(String key, List<TaskEntry> entries) {
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
			Map<String, Object> settings = SettingsSchema.of(entry.environment().settings().getClass())
					.toYaml(entry.environment().settings());
			settings.put("steps", keys.steps());
			if (!entry.wrappers().isEmpty()) {
				settings.put("wrap", entry.wrappers().stream().map(ExperimentReader::shown).collect(Collectors.joining("+")));
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
					uses.add(new LabelledTask(new TaskUse("", entry.environment(), entry.wrappers(), set, sample, keys.steps()), entry));
				}
			}
		}
		List<String> names = made.names();
		List<LabelledTask> result = new ArrayList<>();
		for (int i = 0; i < uses.size(); i++) {
			TaskUse use = uses.get(i).use();
			result.add(new LabelledTask(
					new TaskUse(names.get(i), use.environment(), use.wrappers(), use.taskSet(), use.sample(), use.steps()),
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
					+ use.wrappers().stream().map(wrapper -> choice("id", wrapper).toString()).toList() + " " + use.sample() + " " + use.steps() + " " + use.taskSet();
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
			if (strategy.isPresent() && keys instanceof ArmKeys armKeys) {
				result.add(new ArmEntry(i, armKeys, strategy.get()));
			}
		}
		return result;
	}

	private List<Arm> arms(List<ArmEntry> entries) {
		Labels made = new Labels();
		for (ArmEntry entry : entries) {
			if (entry.keys().label().text().isEmpty()) {
				made.derive(entry.strategy().id(), settings(entry));
			} else {
				made.give(entry.keys().label().text(), entry.strategy().id(), settings(entry));
			}
		}
		List<String> names = made.names();
		List<Arm> arms = new ArrayList<>();
		Map<String, Integer> byLabel = new HashMap<>();
		Map<String, Integer> byContent = new HashMap<>();
		List<List<String>> byEntry = new ArrayList<>();
		for (int i = 0; i < entries.size(); i++) {
			ArmEntry entry = entries.get(i);
			List<Object> at = List.of("strategies", entry.index());
			arms.add(new Arm(names.get(i), entry.strategy()));
			while (byEntry.size() <= entry.index()) {
				byEntry.add(new ArrayList<>());
			}
			byEntry.get(entry.index()).add(names.get(i));
			Integer same = byContent.putIfAbsent(entry.strategy().id() + " "
					+ SettingsSchema.of(entry.strategy().settings().getClass()).canonical(entry.strategy().settings()),
					entry.index());
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

	private static Map<String, Object> settings(ArmEntry entry) {
		return SettingsSchema.of(entry.strategy().settings().getClass()).toYaml(entry.strategy().settings());
	}

	// ---- what must fit together

	/** Returns the indices of the entries that learn on sources first. */
	@SuppressWarnings("unchecked")
	private Set<Integer> checkAcquisitions(List<ArmEntry> entries, List<LabelledTask> sources) {
		boolean sourcesGiven = root.get("source") instanceof Located list && list.isList() && !list.list().isEmpty();
		Set<Integer> acquiring = new LinkedHashSet<>();
		boolean allKnown = true;
		for (ArmEntry entry : entries) {
			List<Object> at = List.of("strategies", entry.index());
			Contribution<Strategy<?>> contribution = entry.strategy().contribution();
			Optional<Optional<Acquisition>> acquisition = guarded(at, contribution, "acquisition",
					() -> ((Strategy<Record>) contribution.instance().get()).acquisition(entry.strategy().settings()));
			allKnown &= acquisition.isPresent();
			if (acquisition.isEmpty() || acquisition.get().isEmpty()) {
				continue;
			}
			acquiring.add(entry.index());
			if (!(acquisition.get().get() instanceof Record)) {
				problem(at, origin(contribution) + " gives an acquisition that is no record ("
						+ acquisition.get().get().getClass().getName() + "); its author has to make it one");
			}
			if (!sourcesGiven) {
				problem(at, "'" + entry.strategy().id() + "' learns on sources first, but 'source' lists none");
			}
		}
		boolean allRead = root.get("strategies") instanceof Located list && list.isList()
				&& list.list().size() == entries.size();
		if (acquiring.isEmpty() && !sources.isEmpty() && allRead && allKnown && !entries.isEmpty()) {
			warning(List.of("source"), "none of the strategies learns on sources, so these are not used");
		}
		return acquiring;
	}

	@SuppressWarnings("unchecked")
	private void checkStrategies(List<ArmEntry> entries, List<TaskEntry> targets) {
		for (ArmEntry entry : entries) {
			List<Object> at = List.of("strategies", entry.index());
			Contribution<Strategy<?>> contribution = entry.strategy().contribution();
			Map<String, TaskEntry> refused = new LinkedHashMap<>();
			for (TaskEntry target : targets) {
				try {
					contribution.call("check", () -> {
						((Strategy<Record>) contribution.instance().get()).check(entry.strategy().settings(), target.family());
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

	private void checkTraining(Values values, Choice<Learner<?>> learner, boolean losses, List<ArmEntry> entries, List<Arm> arms,
			Set<Integer> acquiring, List<TaskEntry> sources, List<TaskEntry> targets, NetworkCheck networks) {
		BudgetCheck budgets = new BudgetCheck(values, (severity, path, message) -> problem(severity, root.place(path, false),
				path, message));
		List<TaskFamily> families = sources.stream().map(TaskEntry::family).toList();
		List<Learning> acquisitions = new ArrayList<>();
		for (int i = 0; i < entries.size() && !sources.isEmpty(); i++) {
			if (acquiring.contains(entries.get(i).index())) {
				learning(entries.get(i), arms.get(i), learner, families, values).ifPresent(acquisitions::add);
			}
		}
		if (!sources.isEmpty()) {
			networks.check(acquisitions, families.get(0));
		}
		Map<Integer, Learned> learned = learned(entries, acquisitions);
		for (TaskEntry entry : sources) {
			if (entry.keys().steps() == 0) {
				continue; // said already
			}
			budgets.source(List.of("source", entry.index()), entry.keys().steps(), horizon(entry), acquisitions);
		}
		for (TaskEntry entry : targets) {
			List<Learning> adaptations = new ArrayList<>();
			for (int i = 0; i < entries.size(); i++) {
				learning(entries.get(i), arms.get(i), learner, List.of(entry.family()), values).ifPresent(adaptations::add);
			}
			if (losses) {
				adaptations.stream().filter(arm -> arm.training().by() != learner.contribution()).forEach(
						arm -> warning(List.of("losses"), "'" + arm.label() + "' has a learner of its own, which applies none of these"));
			}
			budgets.target(List.of("target", entry.index()), entry.keys().steps(), horizon(entry), adaptations);
			networks.check(adaptations, entry.family());
			if (!sources.isEmpty()) {
				checkCarryOver(entry, sources.get(0), learned, adaptations, networks);
			}
		}
		budgets.finish();
	}

	private Optional<Learning> learning(ArmEntry entry, Arm arm, Choice<Learner<?>> learner, List<TaskFamily> tasks,
			Values values) {
		return guarded(List.of("strategies", entry.index()), entry.strategy().contribution(), "training",
				() -> ArmTraining.of(entry.strategy(), learner, tasks, values.trial().episodes()))
				.flatMap(training -> training).map(training -> new Learning(entry.index(), arm.label(), training));
	}

	private static int horizon(TaskEntry entry) {
		return entry.family().environment().maxEpisodeSteps();
	}

	/** One agent learns on all sources. */
	private void checkSources(List<TaskEntry> sources) {
		for (TaskEntry entry : sources) {
			String differs = differs(entry, sources.get(0));
			if (!differs.isEmpty()) {
				problem(List.of("source", entry.index(), "environment"), differs + "; one agent cannot learn on both");
			} else {
				checkBounds("source", entry, sources.get(0));
			}
		}
	}

	/**
	 * What an arm brings along from the sources.
	 *
	 * @param acquisition how it learned there
	 * @param rules       what it takes over
	 */
	private record Learned(Learning acquisition, List<WarmStartRule> rules) {
	}

	/** By the arms' indices, those that learn nothing on the sources left out: there may be a thousand arms and targets. */
	private Map<Integer, Learned> learned(List<ArmEntry> entries, List<Learning> acquisitions) {
		Map<Integer, ArmEntry> arms = new HashMap<>();
		entries.forEach(arm -> arms.put(arm.index(), arm));
		Map<Integer, Learned> learned = new HashMap<>();
		for (Learning acquisition : acquisitions) {
			rules(arms.get(acquisition.index()))
					.ifPresent(rules -> learned.put(acquisition.index(), new Learned(acquisition, rules)));
		}
		return learned;
	}

	/** What the arms learned on the sources must fit the target, as far as they take it over. */
	private void checkCarryOver(TaskEntry entry, TaskEntry source, Map<Integer, Learned> learned, List<Learning> adaptations,
			NetworkCheck networks) {
		Map<String, List<String>> misfits = new LinkedHashMap<>();
		for (Learning adaptation : adaptations) {
			Learned arm = learned.get(adaptation.index());
			List<String> found = arm == null ? List.of()
					: networks.misfits(arm.acquisition(), source.family(), adaptation, entry.family(), arm.rules());
			if (!found.isEmpty()) {
				misfits.computeIfAbsent(String.join("; ", found), key -> new ArrayList<>()).add(adaptation.label());
			}
		}
		misfits.forEach((tensors, labels) -> problem(List.of("target", entry.index(), "environment"),
				differs(entry, source) + "; '" + String.join("', '", labels) + "' cannot take over " + tensors));
		if (misfits.isEmpty() && !learned.isEmpty()) {
			checkBounds("target", entry, source);
		}
	}

	@SuppressWarnings("unchecked")
	private Optional<List<WarmStartRule>> rules(ArmEntry arm) {
		Contribution<Strategy<?>> contribution = arm.strategy().contribution();
		return guarded(List.of("strategies", arm.index()), contribution, "warmStart",
				() -> ((Strategy<Record>) contribution.instance().get()).warmStart(arm.strategy().settings()));
	}

	/** In what the sizes of two environments' spaces differ; empty when in nothing. */
	private static String differs(TaskEntry entry, TaskEntry source) {
		List<String> differences = new ArrayList<>();
		ObservationSpace seen = View.PLAIN.observationSpace(entry.family().environment());
		ObservationSpace sourceSeen = View.PLAIN.observationSpace(source.family().environment());
		if (seen.rowSize() != sourceSeen.rowSize()) {
			differences.add("its observations have " + numbers(seen.row()) + ", those of source." + source.index() + " have "
					+ sourceSeen.rowSize());
		}
		List<ObservationPart> images = seen.images();
		List<ObservationPart> sourceImages = sourceSeen.images();
		if (!images.equals(sourceImages)) {
			differences.add("it shows " + images(images) + ", source." + source.index() + " shows " + images(sourceImages));
		}
		ActionSpace actions = entry.family().environment().actionSpace();
		ActionSpace sourceActions = source.family().environment().actionSpace();
		if (!size(actions).equals(size(sourceActions))) {
			differences.add("it has " + size(actions) + ", source." + source.index() + " has " + size(sourceActions));
		}
		return String.join("; ", differences);
	}

	private void checkBounds(String key, TaskEntry entry, TaskEntry source) {
		ActionSpace actions = entry.family().environment().actionSpace();
		ActionSpace sourceActions = source.family().environment().actionSpace();
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

	private void checkValues(Values values, List<LabelledTask> sources, List<LabelledTask> targets, List<Arm> arms) {
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
		long adaptations = (long) arms.size() * targets.size() * values.seeds();
		if (adaptations > MOST_ADAPTATIONS) {
			problem(List.of("seeds"), "strategies × targets × seeds are " + arms.size() + " × " + targets.size() + " × "
					+ values.seeds() + " = " + adaptations + " adaptations; at most " + MOST_ADAPTATIONS + " are possible");
		}
		if (adaptations > MANY_ADAPTATIONS && adaptations <= MOST_ADAPTATIONS) {
			warning(List.of("seeds"), "strategies × targets × seeds are " + adaptations + " adaptations. They can be planned; a run keeps"
					+ " a folder for each and the state of all in one file, so more than " + MANY_ADAPTATIONS
					+ " are better run as several experiments");
		}
		checkTotal(values, sources, targets, arms);
		checkEvaluation("source", values, sources);
		checkEvaluation("target", values, targets);
	}

	/** Every arm is taken to have sources of its own, and to be trained and judged wherever it can be. */
	private void checkTotal(Values values, List<LabelledTask> sources, List<LabelledTask> targets, List<Arm> arms) {
		double steps = 0;
		for (LabelledTask task : concat(sources, targets)) {
			double evaluations = 2 + (double) task.use().steps() / values.evaluation().every() + values.shots().size();
			steps += task.use().steps() + evaluations * values.evaluation().episodes() * values.trial().episodes() * horizon(task.entry());
		}
		steps *= (double) arms.size() * values.seeds();
		if (steps > MOST_STEPS) {
			warning(List.of("seeds"), String.format(Locale.ROOT, "strategies × seeds × the steps of sources and targets, with their"
					+ " evaluations, are up to %.1e environment steps; at a million a second they take %.0f years", steps,
					steps / 1e6 / 3600 / 24 / 365));
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
				warning(List.of(key, task.entry().index(), "steps"), "the budget of "
						+ BudgetCheck.count(task.use().steps()) + " ends before the first evaluation at " + values.evaluation().every()
						+ " steps (evaluation.every), so there is no learning curve");
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
			map.values().removeIf(""::equals);
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

	private static Map<String, Object> entry(TaskEntry entry) {
		Map<String, Object> map = ExperimentFormat.TASKS.toYaml(entry.keys());
		map.put("task", entry.taskSets());
		map.put("wrap", entry.wrappers().stream().map(wrapper -> choice("id", wrapper)).toList());
		if (entry.wrappers().isEmpty()) {
			map.remove("wrap");
		}
		map.values().removeIf(""::equals);
		map.putAll(choice("environment", entry.environment()));
		return map;
	}
}
