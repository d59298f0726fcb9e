package org.headstart.engine.plan;

import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.engine.catalog.Catalog;
import org.headstart.engine.catalog.Contribution;
import org.headstart.engine.experiment.ArmTraining;
import org.headstart.engine.experiment.Choice;
import org.headstart.engine.experiment.Experiment;
import org.headstart.engine.experiment.Experiment.Arm;
import org.headstart.engine.experiment.Experiment.TaskUse;
import org.headstart.engine.experiment.ExperimentFormat;

/**
 * Makes the plan of an experiment. A step's key is the hash of its identity, a text that lists all that decides the step's
 * outcome and nothing else: labels, executor, checkpoint interval, the number of seeds and the other arms are not in it, so
 * that a result is found again when only they change.
 */
public final class Planner {

	/** So many hashes can be kept for the seeds that share them. */
	private static final int FEW = 10_000;

	private final Experiment experiment;
	private final SortedMap<String, String> codeVersions;
	/** A contribution's code version reads the bundle's classes, so each is asked for once. */
	private final Map<Contribution<?>, String> versions = new IdentityHashMap<>();
	private final Map<List<Object>, Beginning> preambles = new HashMap<>();
	/** Several tasks of one entry share their choice and what is around it. */
	private final Map<Choice<Environment<?>>, TaskFamily> families = new IdentityHashMap<>();

	private Planner(Experiment experiment, Catalog catalog) {
		this.experiment = experiment;
		codeVersions = catalog.codeVersions();
	}

	/** What the arms that learn on the sources in the same way have in common. */
	private record SharedAcquisition(String identity, Contribution<?> strategy, List<Integer> arms) {
	}

	/** Steps that differ only in their seed; there may be a million of them, so they share all text. */
	private record Unit(Step.Kind kind, List<Integer> arms, int target, long envSteps, String verb, String object,
			Beginning beginning, String rest) implements Step.Text {

		@Override
		public String name() {
			return verb + object;
		}

		@Override
		public String identity(int seed, List<String> needs) {
			return beginning.text() + rest + last(seed, needs);
		}

		Step step(int seed, List<String> needs) {
			return new Step(beginning.key(rest + last(seed, needs)), kind, arms, target, seed, needs, envSteps, this);
		}

		private String last(int seed, List<String> needs) {
			StringBuilder text = new StringBuilder(line("seed", beginning.rootSeed + " number " + seed));
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
	 * @throws IllegalArgumentException when a strategy's acquisition has no canonical text, or two steps would be the same
	 */
	public static Plan plan(Experiment experiment, Catalog catalog) {
		return new Planner(experiment, catalog).plan();
	}

	private Plan plan() {
		Map<String, SharedAcquisition> acquisitions = new LinkedHashMap<>();
		List<SharedAcquisition> byArm = new ArrayList<>();
		for (int arm = 0; arm < experiment.strategies().size(); arm++) {
			Choice<Strategy<?>> strategy = experiment.strategies().get(arm).strategy();
			Optional<Acquisition> acquisition = acquisition(strategy);
			if (acquisition.isEmpty()) {
				byArm.add(null);
				continue;
			}
			String identity = identity(acquisition.get(), strategy.contribution());
			SharedAcquisition shared = acquisitions.computeIfAbsent(identity,
					text -> new SharedAcquisition(text, strategy.contribution(), new ArrayList<>()));
			shared.arms().add(arm);
			byArm.add(shared);
		}
		// what does not depend on the seed is worked out once
		List<Unit> acquire = acquisitions.values().stream().map(this::acquire).toList();
		List<Unit> adapt = adapt();
		List<Step> steps = new ArrayList<>(experiment.seeds() * (acquire.size() + adapt.size()));
		for (int seed = 1; seed <= experiment.seeds(); seed++) {
			Map<SharedAcquisition, List<String>> acquired = new IdentityHashMap<>();
			Iterator<Unit> next = acquire.iterator();
			for (SharedAcquisition shared : acquisitions.values()) {
				Step step = next.next().step(seed, List.of());
				acquired.put(shared, List.of(step.key()));
				steps.add(step);
			}
			for (Unit each : adapt) {
				SharedAcquisition needed = byArm.get(each.arms().get(0));
				steps.add(each.step(seed, needed == null ? List.of() : acquired.get(needed)));
			}
		}
		return new Plan(experiment, steps);
	}

	private Unit acquire(SharedAcquisition shared) {
		String arms = String.join(", ", shared.arms().stream().map(arm -> experiment.strategies().get(arm).label()).toList());
		Optional<ArmTraining> training = training(experiment.strategies().get(shared.arms().get(0)), experiment.source());
		long steps = experiment.source().stream().mapToLong(use -> planned(training, use.steps())).reduce(0, Step::sum);
		StringBuilder sources = new StringBuilder();
		for (int i = 0; i < experiment.source().size(); i++) {
			sources.append(line("source " + (i + 1), task(experiment.source().get(i))));
		}
		return new Unit(Step.Kind.ACQUIRE, List.copyOf(shared.arms()), -1, steps, "acquire for ", arms,
				preamble(Step.Kind.ACQUIRE, shared.strategy(), experiment.source()).with(sources.toString()),
				line("acquisition", shared.identity()));
	}

	/** All adaptations by arm, then target. */
	private List<Unit> adapt() {
		List<String> targets = distinct("targets",
				experiment.target().stream().map(use -> line("target", task(use))).toList());
		List<String> arms = distinct("strategies", experiment.strategies().stream()
				.map(arm -> line("shots", experiment.shots().toString()) + line("strategy", choice(arm.strategy()))).toList());
		List<Unit> units = new ArrayList<>(arms.size() * targets.size());
		boolean few = arms.size() * targets.size() <= FEW;
		Map<Contribution<?>, Beginning[]> byStrategy = new IdentityHashMap<>();
		for (int arm = 0; arm < arms.size(); arm++) {
			Arm of = experiment.strategies().get(arm);
			List<Integer> index = List.of(arm);
			String verb = "adapt " + of.label() + " to ";
			Beginning[] beginnings = byStrategy.computeIfAbsent(of.strategy().contribution(), key -> new Beginning[targets.size()]);
			Map<Choice<Environment<?>>, Optional<ArmTraining>> trainings = new IdentityHashMap<>();
			for (int target = 0; target < beginnings.length; target++) {
				TaskUse use = experiment.target().get(target);
				Beginning beginning = beginnings[target];
				if (beginning == null) {
					beginning = preamble(Step.Kind.ADAPT, of.strategy().contribution(), List.of(use)).with(targets.get(target));
					beginnings[target] = beginning;
				}
				long steps = planned(trainings.computeIfAbsent(use.environment(), key -> training(of, List.of(use))), use.steps());
				units.add(new Unit(Step.Kind.ADAPT, index, target, steps, verb, use.label(),
						few ? beginning.with(arms.get(arm)) : beginning, few ? "" : arms.get(arm)));
			}
		}
		return units;
	}

	/** What is the same would have the same key, and one of the two would vanish. */
	private static List<String> distinct(String what, List<String> texts) {
		Set<String> seen = new HashSet<>();
		for (String text : texts) {
			if (!seen.add(text)) {
				throw new IllegalArgumentException("two " + what + " are the same, so their results would be too: " + text.strip());
			}
		}
		return texts;
	}

	private Optional<ArmTraining> training(Arm arm, List<TaskUse> uses) {
		return ArmTraining.of(arm.strategy(), experiment.learner(),
				uses.stream().map(use -> families.computeIfAbsent(use.environment(), key -> use.family())).toList(),
				experiment.trial().episodes());
	}

	/** Granted episodes may leave a rest that the lanes do not divide, and take more than the budget. */
	private static long planned(Optional<ArmTraining> training, long budget) {
		return training.isEmpty() ? 0 : training.get().taken(budget);
	}

	@SuppressWarnings("unchecked")
	private static Optional<Acquisition> acquisition(Choice<Strategy<?>> choice) {
		return choice.contribution().call("acquisition",
				() -> ((Strategy<Record>) choice.contribution().instance().get()).acquisition(choice.settings()));
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
				+ version(strategy);
	}

	private String version(Contribution<?> contribution) {
		return versions.computeIfAbsent(contribution, Contribution::codeVersion);
	}

	private static String task(TaskUse use) {
		return choice(use.environment())
				+ use.wrappers().stream().map(wrapper -> " in " + choice(wrapper)).collect(Collectors.joining()) + " set " + SettingsSchema.shown(use.taskSet())
				+ (use.sample() < 0 ? "" : " sample " + use.sample()) + " steps " + use.steps();
	}

	private static String choice(Choice<?> choice) {
		return choice.id() + " " + SettingsSchema.of(choice.settings().getClass()).canonical(choice.settings());
	}

	private String losses() {
		StringBuilder text = new StringBuilder();
		experiment.losses().forEach(use -> text.append(line("loss", use.weight() + " " + choice(use.loss()))));
		return text.toString();
	}

	private static String line(String what, String value) {
		return what + ": " + value + "\n";
	}

	/** What steps of one kind, by one strategy, on tasks of the same families have in common. */
	private Beginning preamble(Step.Kind kind, Contribution<?> strategy, List<TaskUse> tasks) {
		Set<Contribution<?>> environments = new HashSet<>();
		for (TaskUse task : tasks) {
			environments.add(task.environment().contribution());
			task.wrappers().forEach(wrapper -> environments.add(wrapper.contribution()));
		}
		return preambles.computeIfAbsent(List.of(kind, strategy, environments),
				key -> new Beginning(line("step", kind.name().toLowerCase(Locale.ROOT))
						+ line("format", Integer.toString(ExperimentFormat.VERSION)) + code(strategy, environments)
						+ line("backbone", choice(experiment.backbone())) + line("learner", choice(experiment.learner()))
						+ losses()
						+ line("trial", SettingsSchema.of(Experiment.Trials.class).canonical(experiment.trial()))
						+ line("evaluation", SettingsSchema.of(Experiment.Evaluation.class).canonical(experiment.evaluation())),
						experiment.rootSeed()));
	}

	/** Versions of all code that has a part in the outcome, each once and in alphabetical order. */
	private String code(Contribution<?> strategy, Set<Contribution<?>> environments) {
		SortedMap<String, TreeSet<String>> all = new TreeMap<>();
		codeVersions.forEach((bundle, version) -> all.computeIfAbsent(bundle, name -> new TreeSet<>()).add(version));
		List<Contribution<?>> contributions = new ArrayList<>(environments);
		contributions.addAll(List.of(experiment.backbone().contribution(), experiment.learner().contribution(), strategy));
		experiment.losses().forEach(use -> contributions.add(use.loss().contribution()));
		for (Contribution<?> contribution : contributions) {
			all.computeIfAbsent(contribution.bundle(), name -> new TreeSet<>()).add(version(contribution));
		}
		StringBuilder text = new StringBuilder();
		all.forEach((bundle, version) -> text.append(line("code of " + bundle, String.join(" ", version))));
		return text.toString();
	}

	/**
	 * The beginning of many identities, hashed once. An identity is a text with one fact a line, so that two steps' texts can be
	 * compared line by line.
	 */
	private static final class Beginning {

		private final Beginning before;
		private final String own;
		private final long rootSeed;
		private final MessageDigest digest;

		Beginning(String text, long rootSeed) {
			before = null;
			own = text;
			this.rootSeed = rootSeed;
			try {
				digest = MessageDigest.getInstance("SHA-256");
			} catch (NoSuchAlgorithmException e) {
				throw new AssertionError("every Java platform has SHA-256", e);
			}
			digest.update(own.getBytes(StandardCharsets.UTF_8));
		}

		private Beginning(Beginning before, String more) {
			this.before = before;
			own = more;
			rootSeed = before.rootSeed;
			digest = before.hash(more);
		}

		Beginning with(String more) {
			return new Beginning(this, more);
		}

		String text() {
			return before == null ? own : before.text() + own;
		}

		/** The hash of this and more. */
		String key(String more) {
			return HexFormat.of().formatHex(hash(more).digest(), 0, Step.KEY_DIGITS / 2);
		}

		private MessageDigest hash(String more) {
			try {
				MessageDigest longer = (MessageDigest) digest.clone();
				longer.update(more.getBytes(StandardCharsets.UTF_8));
				return longer;
			} catch (CloneNotSupportedException e) {
				throw new AssertionError("the platform's own digests can be copied", e);
			}
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Beginning beginning && text().equals(beginning.text()) && rootSeed == beginning.rootSeed;
		}

		@Override
		public int hashCode() {
			return text().hashCode();
		}
	}

	/**
	 * What one step costs.
	 *
	 * @param experiment the experiment
	 * @param step       a step of its plan
	 * @return environment steps; those of evaluations as if every episode of every trial went on to its limit
	 */
	public static CostEstimate estimate(Experiment experiment, Step step) {
		if (step.kind() == Step.Kind.ADAPT) {
			TaskUse use = experiment.target().get(step.target());
			// 0 shots is the evaluation before training; where a budget is of no use, nothing else is judged
			boolean once = step.envSteps() == 0 && use.steps() > 0;
			long shots = once ? 0 : experiment.shots().stream().filter(count -> count > 0).count();
			return cost(experiment, use, step.envSteps(), shots);
		}
		CostEstimate cost = CostEstimate.NONE;
		for (TaskUse use : experiment.source()) {
			cost = cost.plus(cost(experiment, use, use.steps(), 0));
		}
		return new CostEstimate(BigInteger.valueOf(step.envSteps()), cost.evaluation());
	}

	private static CostEstimate cost(Experiment experiment, TaskUse use, long steps, long shots) {
		long every = experiment.evaluation().every();
		// the first before training, and one at the end of a budget that the cadence does not divide
		BigInteger evaluation = BigInteger.valueOf(1 + steps / every + (steps % every == 0 ? 0 : 1) + shots);
		for (long factor : new long[] {experiment.evaluation().episodes(), experiment.trial().episodes(),
				use.family().environment().maxEpisodeSteps()}) {
			evaluation = evaluation.multiply(BigInteger.valueOf(factor));
		}
		return new CostEstimate(BigInteger.valueOf(steps), evaluation);
	}

	/**
	 * What a whole plan costs, or the part of it that has no result yet.
	 *
	 * @param experiment the experiment
	 * @param steps      steps of its plan
	 * @return environment steps
	 */
	public static CostEstimate estimate(Experiment experiment, Iterable<Step> steps) {
		// steps that differ only in arm or seed mostly cost the same
		Map<Costly, CostEstimate> known = new HashMap<>();
		Map<Costly, Long> counts = new HashMap<>();
		for (Step step : steps) {
			Costly key = new Costly(step.target(), step.envSteps());
			known.computeIfAbsent(key, costly -> estimate(experiment, step));
			counts.merge(key, 1L, Long::sum);
		}
		CostEstimate sum = CostEstimate.NONE;
		for (Map.Entry<Costly, Long> each : counts.entrySet()) {
			sum = sum.plus(known.get(each.getKey()).times(each.getValue()));
		}
		return sum;
	}

	private record Costly(int target, long envSteps) {
	}
}
