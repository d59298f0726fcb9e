package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.experiment.AcquisitionCheck.Acquired;
import org.headstart.engine.internal.experiment.AcquisitionCheck.When;
import org.headstart.engine.internal.experiment.BudgetCheck.Learning;
import org.headstart.engine.internal.experiment.ExperimentFormat.Values;

/** Whether the arms' learners, budgets and networks fit the tasks on which they learn, and what they carry over from one to another. */
final class TrainingCheck {

	/**
	 * What an arm brings along from the sources.
	 *
	 * @param acquisition how it learned there
	 * @param source      where
	 * @param family      what it met there
	 * @param rules       what it takes over
	 */
	private record Learned(Learning acquisition, TaskEntry source, TaskFamily family, List<WarmStartRule> rules) {}

	private final Findings found;
	private final SpaceCheck spaces;
	private final NetworkCheck networks;
	private final Values values;
	private final List<MetArm> arms;
	private final BudgetCheck budgets;
	/** Arms whose learners cannot weigh trials, by index. */
	private final Set<Integer> refused = new HashSet<>();
	/** By arm and the sources that it has. */
	private final Map<MetArm, Map<List<Integer>, Learned>> learned = new IdentityHashMap<>();
	private final Map<MetArm, Map<List<Integer>, Acquired>> beside = new IdentityHashMap<>();
	/** By source entry; an arm that learns on it in several ways learns in all with the same lanes. */
	private final Map<TaskEntry, Map<Integer, Learning>> onSource = new IdentityHashMap<>();

	TrainingCheck(Findings found, SpaceCheck spaces, NetworkCheck networks, Values values, List<MetArm> arms) {
		this.found = found;
		this.spaces = spaces;
		this.networks = networks;
		this.values = values;
		this.arms = arms;
		budgets = new BudgetCheck(values, found);
	}

	/**
	 * Looks at all that is learned.
	 *
	 * @param losses   whether the experiment has any
	 * @param acquired what the arms learn on sources
	 * @param pairing  says which sources a target has
	 */
	void check(boolean losses, List<Acquired> acquired, List<TaskEntry.Labelled> sources, List<TaskEntry> targets, TaskExpansion pairing) {
		acquired.forEach(this::acquisition);
		SortedMap<Integer, TaskEntry> sourceEntries = new TreeMap<>();
		sources.forEach(source -> sourceEntries.put(source.entry().index(), source.entry()));
		for (TaskEntry entry : sourceEntries.values()) {
			List<Learning> learning = List.copyOf(onSource.getOrDefault(entry, Map.of()).values());
			if (entry.budget() > 0 && checkUnits("source", entry, learning)) { // otherwise that was told
				budgets.source(List.of("source", entry.index()), entry.unit(), entry.budget(), entry.horizon(), learning);
			}
		}
		for (TaskEntry entry : targets) {
			List<Learning> adaptations = new ArrayList<>();
			Map<String, List<String>> misfits = new LinkedHashMap<>();
			List<Integer> paired = pairing.paired(List.of("target", entry.index()), entry.keys().sources(), sources);
			for (MetArm arm : arms) {
				List<Integer> given = new ArrayList<>(arm.arm().sources());
				if (paired.size() < sources.size()) {
					given.retainAll(paired);
				}
				adaptation(arm, entry, given, losses, misfits).ifPresent(adaptations::add);
			}
			misfits.forEach((misfit, labels) -> found.problem(List.of("target", entry.index(), "environment"),
					misfit.formatted("'" + String.join("', '", labels) + "'")));
			if (checkUnits("target", entry, adaptations)) {
				budgets.target(List.of("target", entry.index()), entry.unit(), entry.budget(), entry.horizon(), adaptations);
			}
		}
		budgets.finish();
	}

	private void acquisition(Acquired acquired) {
		MetArm arm = acquired.arm();
		if (acquired.when() == When.BESIDE) {
			beside.computeIfAbsent(arm, key -> new HashMap<>()).put(acquired.given(), acquired);
		}
		Optional<Learning> learning = learning(arm, acquired.families());
		if (learning.isEmpty()) {
			return;
		}
		networks.check(List.of(learning.get()), acquired.families().get(0));
		checkWeights(arm.entry(), learning.get());
		acquired.on().forEach(source -> onSource.computeIfAbsent(source.entry(), key -> new TreeMap<>())
				.putIfAbsent(arm.entry().index(), learning.get()));
		if (acquired.when() == When.ALONE) {
			rules(arm.entry()).ifPresent(rules -> learned.computeIfAbsent(arm, key -> new HashMap<>()).put(acquired.given(),
					new Learned(learning.get(), acquired.on().get(0).entry(), acquired.families().get(0), rules)));
		}
	}

	/** How an arm adapts to a target; empty where it trains nothing there, or that cannot be known. */
	private Optional<Learning> adaptation(MetArm arm, TaskEntry target, List<Integer> given, boolean losses,
			Map<String, List<String>> misfits) {
		Optional<TaskFamily> family = arm.met(target);
		Acquired joint = beside.getOrDefault(arm, Map.of()).get(given);
		Optional<Learning> adaptation = family.flatMap(one -> learning(arm, joint == null ? List.of(one)
				: Stream.concat(Stream.of(one), joint.families().stream()).toList()));
		if (adaptation.isEmpty()) {
			return adaptation;
		}
		networks.check(List.of(adaptation.get()), family.get());
		checkWeights(arm.entry(), adaptation.get());
		if (losses && adaptation.get().training().by() != arm.arm().learner().contribution()) {
			found.warning(List.of("losses"), "'" + arm.arm().label() + "' has a learner of its own, which applies none of these");
		}
		if (joint != null) {
			String differs = SpaceCheck.differs(family.get(), joint.families().get(0), joint.on().get(0).entry());
			if (!differs.isEmpty()) {
				found.problem(List.of("target", target.index(), "environment"),
						differs + "; '" + arm.arm().label() + "' learns on both at once");
			}
		}
		Learned before = learned.getOrDefault(arm, Map.of()).get(given);
		if (before != null) {
			checkCarryOver(target, family.get(), before, adaptation.get(), misfits);
		}
		return adaptation;
	}

	/** Whether the learners that train on a task count in its budget's unit, and find there what they learn from. */
	private boolean checkUnits(String list, TaskEntry entry, List<Learning> learning) {
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
						.flatMap(each -> each.met(entry)).orElse(entry.family());
				for (String set : entry.taskSets()) {
					learnable(entry, family, set, arm.training())
							.ifPresent(why -> nothing.computeIfAbsent(why, key -> new ArrayList<>()).add(arm.label()));
				}
			}
		}
		others.forEach((message, labels) -> found.problem(entry.budgetAt(list), message + BudgetCheck.of(labels, learning)));
		nothing.forEach(
				(message, labels) -> found.problem(List.of(list, entry.index(), "environment"),
						message + BudgetCheck.of(labels, learning)));
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
	private void checkWeights(ArmEntry entry, Learning arm) {
		ArmTraining training = arm.training();
		if (training.training().weighsTrials() && !training.by().call("weighsTrials", () -> training.using().learner().weighsTrials())
				&& refused.add(arm.index())) {
			found.problem(entry.at(), "'" + arm.label() + "' weighs trials before an update, which " + training.learner()
					+ " cannot learn from; choose another learner, or leave the strategy out");
		}
	}

	private Optional<Learning> learning(MetArm arm, List<TaskFamily> tasks) {
		if (arm.arm().learner() == null) {
			return Optional.empty();
		}
		ArmEntry entry = arm.entry();
		return found.guarded(entry.at(), entry.strategy().contribution(), "training",
				() -> ArmTraining.of(entry.strategy(), arm.arm().learner(), tasks, values.trial().episodes()))
				.flatMap(training -> training).map(training -> new Learning(entry.index(), arm.arm().label(), training,
						Optional.ofNullable(arm.arm().backbone()),
						entry.backbone().isPresent() ? Findings.path(entry.at(), "backbone") : List.of("backbone")));
	}

	/** What an arm learned on the sources must fit the target, as far as it takes that over; what does not is added to {@code misfits}. */
	private void checkCarryOver(TaskEntry entry, TaskFamily family, Learned learned, Learning adaptation,
			Map<String, List<String>> misfits) {
		List<String> unfit = networks.misfits(learned.acquisition(), learned.family(), adaptation, family, learned.rules());
		if (unfit.isEmpty()) {
			spaces.checkBounds("target", entry, family, learned.source(), learned.family());
			return;
		}
		String text = (SpaceCheck.differs(family, learned.family(), learned.source()) + "; \0 cannot take over " + String.join("; ", unfit))
				.replace("%", "%%").replace("\0", "%s");
		misfits.computeIfAbsent(text, key -> new ArrayList<>()).add(adaptation.label());
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private Optional<List<WarmStartRule>> rules(ArmEntry arm) {
		Contribution<Strategy<?>> contribution = arm.strategy().contribution();
		return found.guarded(arm.at(), contribution, "warmStart",
				() -> ((Strategy<Record>) contribution.instance().get()).warmStart(arm.strategy().settings()));
	}
}
