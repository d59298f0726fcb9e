package org.headstart.engine.plan;

import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.headstart.api.environment.Environment;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.engine.catalog.Catalog;
import org.headstart.engine.catalog.Contribution;
import org.headstart.engine.catalog.TaskFamilies;
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

	/** Hexadecimal digits of a key: 128 bits. */
	private static final int KEY_DIGITS = 32;

	private final Experiment experiment;
	private final SortedMap<String, String> codeVersions;
	/** A contribution's code version reads the bundle's classes, so each is asked for once. */
	private final Map<Contribution<?>, String> versions = new IdentityHashMap<>();

	private Planner(Experiment experiment, Catalog catalog) {
		this.experiment = experiment;
		codeVersions = catalog.codeVersions();
	}

	/** What the arms that learn on the sources in the same way have in common. */
	private record SharedAcquisition(String identity, Contribution<?> strategy, List<Integer> arms) {
	}

	/**
	 * Makes the plan.
	 *
	 * @param experiment the experiment
	 * @param catalog    the catalog it was read with
	 * @return the steps
	 * @throws IllegalArgumentException when a strategy's acquisition has no canonical text
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
		int targets = experiment.target().size();
		// what does not depend on the seed is worked out once
		List<String> acquireIdentities = acquisitions.values().stream().map(this::acquireIdentity).toList();
		List<String> adaptIdentities = new ArrayList<>();
		for (Arm arm : experiment.strategies()) {
			for (TaskUse target : experiment.target()) {
				adaptIdentities.add(adaptIdentity(arm, target));
			}
		}
		long sourceSteps = experiment.source().stream().mapToLong(TaskUse::steps).reduce(0, Step::sum);
		List<Step> steps = new ArrayList<>();
		for (int seed = 1; seed <= experiment.seeds(); seed++) {
			Map<SharedAcquisition, String> acquired = new IdentityHashMap<>();
			int next = 0;
			for (SharedAcquisition shared : acquisitions.values()) {
				String arms = String.join(", ",
						shared.arms().stream().map(arm -> experiment.strategies().get(arm).label()).toList());
				Step step = step(Step.Kind.ACQUIRE, shared.arms(), -1, seed, List.of(), "acquire for " + arms, sourceSteps,
						acquireIdentities.get(next++));
				acquired.put(shared, step.key());
				steps.add(step);
			}
			for (int arm = 0; arm < byArm.size(); arm++) {
				List<String> needs = byArm.get(arm) == null ? List.of() : List.of(acquired.get(byArm.get(arm)));
				for (int target = 0; target < targets; target++) {
					TaskUse use = experiment.target().get(target);
					steps.add(step(Step.Kind.ADAPT, List.of(arm), target, seed, needs,
							"adapt " + experiment.strategies().get(arm).label() + " to " + use.label(), use.steps(),
							adaptIdentities.get(arm * targets + target)));
				}
			}
		}
		return new Plan(experiment, steps);
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

	private String acquireIdentity(SharedAcquisition shared) {
		Identity identity = new Identity(Step.Kind.ACQUIRE);
		identity.code(experiment.source(), shared.strategy());
		identity.common();
		for (int i = 0; i < experiment.source().size(); i++) {
			identity.line("source " + (i + 1), task(experiment.source().get(i)));
		}
		identity.line("acquisition", shared.identity());
		return identity.text();
	}

	private String adaptIdentity(Arm arm, TaskUse target) {
		Identity identity = new Identity(Step.Kind.ADAPT);
		identity.code(List.of(target), arm.strategy().contribution());
		identity.common();
		identity.line("target", task(target));
		identity.line("shots", experiment.shots().toString());
		identity.line("strategy", choice(arm.strategy()));
		return identity.text();
	}

	private Step step(Step.Kind kind, List<Integer> arms, int target, int seed, List<String> needs, String label, long envSteps,
			String identityWithoutSeed) {
		StringBuilder text = new StringBuilder(identityWithoutSeed);
		text.append("seed: ").append(experiment.rootSeed()).append(" number ").append(seed).append('\n');
		for (String need : needs) {
			text.append("needs: ").append(need).append('\n');
		}
		return new Step(key(text.toString()), kind, arms, target, seed, needs, label + ", seed " + seed, envSteps,
				text.toString());
	}

	private static String key(String identity) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
		} catch (NoSuchAlgorithmException e) {
			throw new AssertionError("every Java platform has SHA-256", e);
		}
	}

	private static String task(TaskUse use) {
		return choice(use.environment()) + " set " + SettingsSchema.shown(use.taskSet())
				+ (use.sample() < 0 ? "" : " sample " + use.sample()) + " steps " + use.steps();
	}

	private static String choice(Choice<?> choice) {
		return choice.id() + " " + SettingsSchema.of(choice.settings().getClass()).canonical(choice.settings());
	}

	/** The text that is hashed. One fact a line, so that two steps' texts can be compared line by line. */
	private final class Identity {

		private final StringBuilder text = new StringBuilder();

		Identity(Step.Kind kind) {
			line("step", kind.name().toLowerCase(java.util.Locale.ROOT));
			line("format", Integer.toString(ExperimentFormat.VERSION));
		}

		void line(String what, String value) {
			text.append(what).append(": ").append(value).append('\n');
		}

		/** Versions of all code that has a part in the outcome, each once and in alphabetical order. */
		void code(List<TaskUse> tasks, Contribution<?> strategy) {
			SortedMap<String, TreeSet<String>> all = new TreeMap<>();
			codeVersions.forEach((bundle, version) -> add(all, bundle, version));
			add(all, experiment.backbone().contribution());
			add(all, experiment.learner().contribution());
			add(all, strategy);
			for (TaskUse task : tasks) {
				add(all, task.environment().contribution());
			}
			all.forEach((bundle, version) -> line("code of " + bundle, String.join(" ", version)));
		}

		private void add(SortedMap<String, TreeSet<String>> all, Contribution<?> contribution) {
			add(all, contribution.bundle(), version(contribution));
		}

		private static void add(SortedMap<String, TreeSet<String>> all, String bundle, String version) {
			all.computeIfAbsent(bundle, name -> new TreeSet<>()).add(version);
		}

		/** What every step of an experiment depends on. */
		void common() {
			line("backbone", choice(experiment.backbone()));
			line("learner", choice(experiment.learner()));
			line("trial", SettingsSchema.of(Experiment.Trials.class).canonical(experiment.trial()));
			line("evaluation", SettingsSchema.of(Experiment.Evaluation.class).canonical(experiment.evaluation()));
		}

		String text() {
			return text.toString();
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
		CostEstimate cost = CostEstimate.NONE;
		for (TaskUse use : step.kind() == Step.Kind.ACQUIRE ? experiment.source()
				: List.of(experiment.target().get(step.target()))) {
			long every = experiment.evaluation().every();
			// the first before training, and one at the end of a budget that the cadence does not divide
			long evaluations = 1 + use.steps() / every + (use.steps() % every == 0 ? 0 : 1);
			if (step.kind() == Step.Kind.ADAPT) {
				// 0 shots is the evaluation before training
				evaluations += experiment.shots().stream().filter(shots -> shots > 0).count();
			}
			BigInteger evaluation = BigInteger.valueOf(evaluations);
			for (long factor : new long[] {experiment.evaluation().episodes(), experiment.trial().episodes(),
					maxEpisodeSteps(use.environment())}) {
				evaluation = evaluation.multiply(BigInteger.valueOf(factor));
			}
			cost = cost.plus(new CostEstimate(BigInteger.valueOf(use.steps()), evaluation));
		}
		return cost;
	}

	/**
	 * What a whole plan costs, or the part of it that has no result yet.
	 *
	 * @param experiment the experiment
	 * @param steps      steps of its plan
	 * @return environment steps
	 */
	public static CostEstimate estimate(Experiment experiment, List<Step> steps) {
		// steps that differ only in arm or seed cost the same
		Map<Integer, CostEstimate> byTarget = new LinkedHashMap<>();
		Map<Integer, Long> counts = new LinkedHashMap<>();
		for (Step step : steps) {
			byTarget.computeIfAbsent(step.target(), target -> estimate(experiment, step));
			counts.merge(step.target(), 1L, Long::sum);
		}
		CostEstimate sum = CostEstimate.NONE;
		for (Map.Entry<Integer, Long> each : counts.entrySet()) {
			sum = sum.plus(byTarget.get(each.getKey()).times(each.getValue()));
		}
		return sum;
	}

	private static int maxEpisodeSteps(Choice<Environment<?>> choice) {
		return TaskFamilies.of(choice.contribution(), choice.settings()).dynamics().maxEpisodeSteps();
	}
}
