package org.headstart.engine.internal.plan;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.settings.DataFile;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ArmTraining;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.Experiment.Arm;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;
import org.headstart.engine.internal.experiment.ExperimentFormat;

/**
 * Makes the plan of an experiment. A step's key is the hash of its identity, a text that lists everything that determines
 * the step's outcome. Labels, executor, checkpoint interval, the number of seeds and the other arms are not part of it, so
 * that results are found again when only these change.
 */
public final class Planner {

	/** The largest number of hashes that are kept for the seeds that share them. */
	private static final int FEW = 10_000;

	private final Experiment experiment;
	private final StepCode code;
	private final Map<DataFile, String> contents = new HashMap<>();
	/** Texts of choices, which many tasks and arms share. */
	private final Map<Choice<?>, String> choices = new IdentityHashMap<>();
	private final Map<List<Object>, IdentityBeginning> preambles = new HashMap<>();
	/** Several tasks of one entry share their choice and what is around it. */
	private final Map<Choice<Environment<?>>, Map<List<Choice<Wrapper<?>>>, TaskFamily>> families = new IdentityHashMap<>();
	/** In the order of the plan, by a hash of all that tells them apart. */
	private final Map<String, Learned> learned = new LinkedHashMap<>();

	private Planner(Experiment experiment, Catalog catalog) {
		this.experiment = experiment;
		code = new StepCode(catalog);
	}

	/**
	 * An acquisition on certain sources, shared by all arms and targets for which it is the same.
	 *
	 * @param id    the hash of its distinguishing properties
	 * @param needs the acquisitions on which it builds
	 * @param unit  its steps; the list of its arms grows
	 */
	private record Learned(String id, List<Learned> needs, Unit unit) {

		void serves(int arm) {
			if (!unit.arms.contains(arm)) {
				unit.arms.add(arm);
			}
		}
	}

	/** Steps that differ only in their seed; there may be a million of them, so they share all text. */
	private record Unit(Step.Kind kind, List<Integer> arms, int target, long envSteps, BudgetUnit unit, String verb,
			Supplier<String> object, IdentityBeginning beginning, String rest, Optional<Acquisition> acquisition, List<Integer> sources)
			implements Step.Work {

		/** While the plan is made, an acquisition gets more of them. */
		@Override
		public List<Integer> arms() {
			return Collections.unmodifiableList(arms);
		}

		@Override
		public String name() {
			return verb + object.get();
		}

		@Override
		public String identity(int seed, List<String> needs) {
			return beginning.text() + rest + last(seed, needs);
		}

		Step step(int seed, List<String> needs) {
			return new Step(beginning.key(rest + last(seed, needs)), seed, needs, this);
		}

		/** Labels are suppliers, which are equal to nothing. */
		@Override
		public boolean equals(Object other) {
			return other instanceof Unit same && kind == same.kind && arms.equals(same.arms) && target == same.target
					&& envSteps == same.envSteps && unit == same.unit && name().equals(same.name())
					&& beginning.equals(same.beginning) && rest.equals(same.rest) && acquisition.equals(same.acquisition)
					&& sources.equals(same.sources);
		}

		@Override
		public int hashCode() {
			return Objects.hash(beginning, rest, target);
		}

		private String last(int seed, List<String> needs) {
			StringBuilder text = new StringBuilder(line("seed", beginning.rootSeed() + " number " + seed));
			for (String need : needs) {
				text.append(line("needs", need));
			}
			return text.toString();
		}
	}

	/**
	 * Makes the plan.
	 *
	 * @param experiment the experiment
	 * @param catalog    the catalog it was read with
	 * @return the steps
	 * @throws IllegalArgumentException when a strategy's acquisition has no canonical text, two steps would be the same, or a
	 *                                  file that a setting names cannot be read
	 */
	public static Plan plan(Experiment experiment, Catalog catalog) {
		return new Planner(experiment, catalog).plan();
	}

	private Plan plan() {
		// computed once, since it does not depend on the seed
		List<List<Learned>> needs = new ArrayList<>();
		List<Unit> adapt = adapt(needs);
		List<Step> steps = new ArrayList<>(experiment.protocol().seeds() * (learned.size() + adapt.size()));
		for (int seed = 1; seed <= experiment.protocol().seeds(); seed++) {
			Map<Learned, String> acquired = new IdentityHashMap<>();
			for (Learned each : learned.values()) {
				Step step = each.unit().step(seed, keys(each.needs(), acquired));
				acquired.put(each, step.key());
				steps.add(step);
			}
			for (int i = 0; i < adapt.size(); i++) {
				steps.add(adapt.get(i).step(seed, keys(needs.get(i), acquired)));
			}
		}
		return new Plan(experiment, steps);
	}

	private static List<String> keys(List<Learned> needs, Map<Learned, String> acquired) {
		return switch (needs.size()) {
			case 0 -> List.of();
			case 1 -> List.of(acquired.get(needs.get(0)));
			default -> needs.stream().map(acquired::get).toList();
		};
	}

	/**
	 * All adaptations by arm, then target. Their acquisitions are added to {@link #learned}.
	 *
	 * @param needs receives the acquisitions of each adaptation
	 */
	private List<Unit> adapt(List<List<Learned>> needs) {
		List<String> targets = distinct("targets",
				experiment.tasks().target().stream().map(use -> line("target", task(use))).toList(),
				experiment.tasks().target().stream().map(use -> pairing("paired with", use.sources())).toList());
		List<String> arms = distinct("strategies", experiment.strategies().stream()
				.map(arm -> line("shots", experiment.protocol().shots().toString()) + line("strategy", choice(arm.strategy()))).toList(),
				experiment.strategies().stream().map(arm -> line("backbone", choice(arm.backbone()))
						+ line("learner", choice(arm.learner())) + in(arm.wrappers()) + arm.sources()).toList());
		List<Supplier<String>> labels = experiment.tasks().target().stream().<Supplier<String>>map(use -> use::label).toList();
		List<Unit> adaptations = new ArrayList<>(arms.size() * targets.size());
		boolean few = arms.size() * targets.size() <= FEW;
		Map<List<Object>, IdentityBeginning[]> byEquipment = new HashMap<>();
		for (int arm = 0; arm < arms.size(); arm++) {
			Arm of = experiment.strategies().get(arm);
			List<Integer> index = List.of(arm);
			String verb = "adapt " + of.label() + " to ";
			boolean adaptsOnSources = adaptsOnSources(of.strategy());
			IdentityBeginning[] beginnings = adaptsOnSources ? new IdentityBeginning[targets.size()]
					: byEquipment.computeIfAbsent(equipment(of), key -> new IdentityBeginning[targets.size()]);
			Map<Choice<Environment<?>>, Optional<ArmTraining>> trainings = new IdentityHashMap<>();
			Map<List<Integer>, List<Learned>> bySources = new HashMap<>();
			// an arm and a target may have the same common sources as another arm alone; they are still two steps
			String alone = with(arms.get(arm), pairing("learns on", of.sources()));
			for (int target = 0; target < beginnings.length; target++) {
				TaskUse use = experiment.tasks().target().get(target);
				List<Integer> sources = experiment.sources(of, use);
				List<Integer> on = adaptsOnSources ? sources : List.of();
				List<TaskUse> uses = uses(of, use, on);
				IdentityBeginning beginning = beginnings[target];
				if (beginning == null) {
					TaskUse met = uses.get(0);
					beginning = preamble(of, uses, Optional.empty()).with(met == use ? targets.get(target) : line("target", task(met)));
					beginnings[target] = beginning;
				}
				Optional<ArmTraining> training = adaptsOnSources ? training(of, uses)
						: trainings.computeIfAbsent(use.environment(), key -> training(of, uses));
				long steps = 0;
				for (TaskUse task : uses) {
					steps = Step.sum(steps, planned(training, task.steps()));
				}
				int number = arm;
				String rest = with(with(alone, pairing("paired with", use.sources())), sources(of, on));
				adaptations.add(new Unit(Step.Kind.ADAPT, index, target, steps, use.unit(), verb, labels.get(target),
						few ? beginning.with(rest) : beginning, few ? "" : rest, Optional.empty(), on));
				needs.add(bySources.computeIfAbsent(sources, key -> acquisitions(number, key)));
			}
		}
		return adaptations;
	}

	/** The tasks of an adaptation: the target, and the sources that it trains on. */
	private List<TaskUse> uses(Arm arm, TaskUse target, List<Integer> on) {
		if (on.isEmpty()) {
			return List.of(target.in(arm));
		}
		List<TaskUse> uses = new ArrayList<>();
		uses.add(target.in(arm));
		on.forEach(source -> uses.add(experiment.tasks().source().get(source).in(arm)));
		return uses;
	}

	/** A text with an appendix, which is mostly empty, so that a million steps share the text. */
	private static String with(String text, String more) {
		return more.isEmpty() ? text : text + more;
	}

	/** The sources that a step learns on. */
	private String sources(Arm arm, List<Integer> on) {
		if (on.isEmpty()) {
			return "";
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < on.size(); i++) {
			text.append(line("source " + (i + 1), task(experiment.tasks().source().get(on.get(i)).in(arm))));
		}
		return text.toString();
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static boolean adaptsOnSources(Choice<Strategy<?>> choice) {
		return choice.contribution().call("adaptsOnSources",
				() -> ((Strategy<Record>) choice.contribution().instance().get()).adaptsOnSources(choice.settings()));
	}

	/** Equal targets, and equal arms, may differ in the sources that they name; empty where they name none. */
	private String pairing(String what, List<Integer> sources) {
		if (sources.size() == experiment.tasks().source().size()) {
			return "";
		}
		StringBuilder text = new StringBuilder();
		for (int source : sources) {
			text.append(line(what, task(experiment.tasks().source().get(source))));
		}
		return text.toString();
	}

	/** An arm's equipment, beside its strategy's settings. */
	private static List<Object> equipment(Arm arm) {
		return List.of(code(arm.strategy()), arm.backbone(), arm.learner(), arm.wrappers());
	}

	/** The acquisitions of an arm on some of the sources; new ones are added to the plan, existing ones are shared. */
	private List<Learned> acquisitions(int arm, List<Integer> sources) {
		Arm of = experiment.strategies().get(arm);
		List<TaskUse> uses = sources.stream().map(source -> experiment.tasks().source().get(source).in(of)).toList();
		List<Acquisition> acquisitions = acquisitions(of.strategy(), uses.stream().map(this::family).toList());
		Map<Acquisition, Learned> made = new LinkedHashMap<>();
		for (Acquisition acquisition : acquisitions) {
			List<Learned> needs = acquisition.needs().stream().map(need -> Optional.ofNullable(made.get(need)).orElseThrow(
					() -> new IllegalArgumentException(acquisition + " of strategy '" + of.strategy().id() + "' needs " + need
							+ ", which does not stand before it among the strategy's acquisitions")))
					.toList();
			List<Integer> on = acquisition.sources(uses.size()).stream().map(sources::get).toList();
			Learned one = learned(arm, acquisition, needs, on, acquisitions.size() == 1 ? "" : ", part " + (made.size() + 1));
			one.serves(arm);
			made.put(acquisition, one);
		}
		return List.copyOf(made.values());
	}

	private Learned learned(int arm, Acquisition acquisition, List<Learned> needs, List<Integer> on, String number) {
		Arm of = experiment.strategies().get(arm);
		List<TaskUse> uses = on.stream().map(source -> experiment.tasks().source().get(source).in(of)).toList();
		IdentityBeginning beginning = preamble(of, uses, Optional.of(acquisition)).with(sources(of, on));
		String rest = line("acquisition", identity(acquisition, of.strategy().contribution()));
		String id = beginning.key(rest + needs.stream().map(Learned::id).toList());
		return learned.computeIfAbsent(id, key -> {
			Optional<ArmTraining> training = training(of, uses);
			List<Integer> arms = new ArrayList<>();
			String where = on.size() == experiment.tasks().source().size() ? ""
					: ", on " + String.join(", ", uses.stream().map(TaskUse::label).toList());
			return new Learned(id, needs, new Unit(Step.Kind.ACQUIRE, arms, -1,
					uses.stream().mapToLong(use -> planned(training, use.steps())).reduce(0, Step::sum), unit(uses), "acquire for ",
					() -> String.join(", ", arms.stream().map(index -> experiment.strategies().get(index).label()).toList()) + number
							+ where,
					beginning, rest, Optional.of(acquisition), on));
		});
	}

	/**
	 * Refuses equal arms or targets, whose steps would have the same key.
	 *
	 * @param more distinguishing properties beside their texts
	 */
	private static List<String> distinct(String what, List<String> texts, List<String> more) {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < texts.size(); i++) {
			if (!seen.add(texts.get(i) + more.get(i))) {
				throw new IllegalArgumentException(
						"two " + what + " are the same, so their results would be too: " + texts.get(i).strip());
			}
		}
		return texts;
	}

	private Optional<ArmTraining> training(Arm arm, List<TaskUse> uses) {
		return ArmTraining.of(arm.strategy(), arm.learner(), uses.stream().map(this::family).toList(),
				experiment.protocol().trial().episodes());
	}

	private TaskFamily family(TaskUse use) {
		return families.computeIfAbsent(use.environment(), key -> new HashMap<>()).computeIfAbsent(use.wrappers(), key -> use.family());
	}

	/** Of an acquisition's sources, on which one learner learns. */
	private static BudgetUnit unit(List<TaskUse> sources) {
		return sources.isEmpty() ? BudgetUnit.ENVIRONMENT_STEPS : sources.get(0).unit();
	}

	/** Granted episodes may exceed the budget, and may leave a remainder smaller than the number of lanes. */
	private static long planned(Optional<ArmTraining> training, long budget) {
		return training.isEmpty() ? 0 : training.get().taken(budget);
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static List<Acquisition> acquisitions(Choice<Strategy<?>> choice, List<TaskFamily> sources) {
		return choice.contribution().call("acquisitions", () -> List.copyOf(
				((Strategy<Record>) choice.contribution().instance().get()).acquisitions(choice.settings(), sources)));
	}

	private String identity(Acquisition acquisition, Contribution<?> strategy) {
		if (!(acquisition instanceof Record)) {
			throw new IllegalArgumentException("the acquisition of strategy '" + strategy.id() + "' of " + strategy.bundle()
					+ " is no record, so its text does not tell it from others: " + acquisition.getClass().getName());
		}
		for (RecordComponent component : acquisition.getClass().getRecordComponents()) {
			if (component.getType().isArray()) {
				throw new IllegalArgumentException("the acquisition of strategy '" + strategy.id() + "' of "
						+ strategy.bundle() + " has an array in '" + component.getName()
						+ "', whose text does not tell it from others; its author has to make it a List");
			}
		}
		return acquisition.getClass().getName() + " " + acquisition + " of " + strategy.bundle() + " "
				+ code.version(acquisition, strategy);
	}

	/** What a choice adds to {@link #code(Arm, List, Optional)}. */
	private static List<Object> code(Choice<?> choice) {
		List<Object> code = new ArrayList<>(choice.contributions());
		code.addAll(SettingsSchema.of(choice.settings().getClass()).files(choice.settings()));
		return code;
	}

	private String content(DataFile file) {
		return contents.computeIfAbsent(file, key -> {
			try {
				return file.digest();
			} catch (IOException e) {
				throw new IllegalArgumentException("cannot read " + file.path().toAbsolutePath() + ", which a setting names: " + e, e);
			}
		});
	}

	private String task(TaskUse use) {
		return choice(use.environment()) + in(use.wrappers()) + " set " + SettingsSchema.shown(use.taskSet())
				+ (use.sample() < 0 ? "" : " sample " + use.sample()) + " " + use.unit().key() + " " + use.steps();
	}

	private String in(List<Choice<Wrapper<?>>> wrappers) {
		return wrappers.isEmpty() ? "" : wrappers.stream().map(wrapper -> " in " + choice(wrapper)).collect(Collectors.joining());
	}

	private String choice(Choice<?> choice) {
		return choices.computeIfAbsent(choice,
				key -> key.id() + " " + SettingsSchema.of(key.settings().getClass()).canonical(key.settings()));
	}

	private String losses() {
		StringBuilder text = new StringBuilder();
		experiment.equipment().losses().forEach(use -> text.append(line("loss", use.weight() + " " + choice(use.loss()))));
		return text.toString();
	}

	/** The file of trials is mentioned only if there is one. */
	private String evaluation() {
		Map<String, Object> evaluation = SettingsSchema.of(Experiment.Evaluation.class).toYaml(experiment.protocol().evaluation());
		if (!experiment.protocol().evaluation().trials()) {
			evaluation.remove("trials");
		}
		return SettingsSchema.shown(evaluation);
	}

	private static String line(String what, String value) {
		return what + ": " + value + "\n";
	}

	/** The common text of steps of one kind, for arms with the same equipment and tasks of the same families. */
	private IdentityBeginning preamble(Arm arm, List<TaskUse> tasks, Optional<Acquisition> acquisition) {
		Set<Object> environments = new HashSet<>();
		for (TaskUse task : tasks) {
			environments.addAll(code(task.environment()));
			task.wrappers().forEach(wrapper -> environments.addAll(code(wrapper)));
		}
		Step.Kind kind = acquisition.isPresent() ? Step.Kind.ACQUIRE : Step.Kind.ADAPT;
		List<Object> made = acquisition.<List<Object>>map(
				each -> List.of(each.getClass(), code.version(each, arm.strategy().contribution()))).orElse(List.of());
		return preambles.computeIfAbsent(List.of(kind, made, equipment(arm), environments),
				key -> new IdentityBeginning(line("step", kind.name().toLowerCase(Locale.ROOT))
						+ line("format", Integer.toString(ExperimentFormat.VERSION)) + code(arm, tasks, acquisition)
						+ line("backbone", choice(arm.backbone())) + line("learner", choice(arm.learner()))
						+ losses()
						+ line("trial", SettingsSchema.of(Experiment.TrialLength.class).canonical(experiment.protocol().trial()))
						+ line("evaluation", evaluation()),
						experiment.protocol().rootSeed()));
	}

	/** Versions of all code that affects the outcome, and hashes of the files that settings name, each in alphabetical order. */
	private String code(Arm arm, List<TaskUse> tasks, Optional<Acquisition> acquisition) {
		List<Choice<?>> choices = new ArrayList<>(List.of(arm.backbone(), arm.learner(), arm.strategy()));
		experiment.equipment().losses().forEach(use -> choices.add(use.loss()));
		tasks.forEach(task -> choices.add(task.environment()));
		tasks.forEach(task -> choices.addAll(task.wrappers()));
		SortedMap<String, String> contents = new TreeMap<>();
		for (Choice<?> choice : choices) {
			SettingsSchema.of(choice.settings().getClass()).files(choice.settings())
					.forEach(file -> contents.put(file.toString(), content(file)));
		}
		StringBuilder text = new StringBuilder();
		code.versions(experiment, arm, tasks, acquisition).forEach((name, version) -> text.append(line("code of " + name, version)));
		contents.forEach((file, content) -> text.append(line("content of " + file, content)));
		return text.toString();
	}
}
