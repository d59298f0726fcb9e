package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.engine.internal.catalog.Contribution;

/** What the arms learn on sources, before they adapt or beside their targets. */
final class AcquisitionCheck {

	/** When an arm learns on sources. */
	enum When {
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
	record Acquired(MetArm arm, List<Integer> given, When when, List<TaskEntry.Labelled> on, List<TaskFamily> families) {}

	private final Findings found;
	private final SpaceCheck spaces;

	AcquisitionCheck(Findings found, SpaceCheck spaces) {
		this.found = found;
		this.spaces = spaces;
	}

	/** What the arms learn on the sources before they adapt; what they leave out and cannot learn on is told. */
	List<Acquired> acquired(List<MetArm> arms, List<TaskEntry.Labelled> sources, List<TaskEntry.Labelled> targets) {
		List<Acquired> all = new ArrayList<>();
		boolean allKnown = true;
		for (MetArm arm : arms) {
			Set<List<Integer>> seen = new HashSet<>();
			for (TaskEntry.Labelled target : targets) {
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
		boolean allRead = allKnown && !arms.isEmpty() && !found.hasErrors()
				&& !targets.isEmpty() && found.root().get("strategies") instanceof Located list && list.isList()
				&& list.list().size() == arms.size();
		if (allRead) {
			Set<TaskEntry.Labelled> used = Collections.newSetFromMap(new IdentityHashMap<>());
			all.forEach(each -> used.addAll(each.on()));
			if (all.isEmpty() && !sources.isEmpty()) {
				found.warning(List.of("source"), "none of the strategies learns on sources, so these are not used");
			} else {
				sources.stream().filter(source -> !used.contains(source)).forEach(source -> found.warning(
						List.of("source", source.entry().index()), "no strategy learns on '" + source.use().label() + "'"));
			}
		}
		return all;
	}

	/** @return empty where the strategy does not say what can be believed */
	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private Optional<List<Acquired>> acquired(MetArm arm, List<Integer> given, List<TaskEntry.Labelled> sources,
			TaskEntry.Labelled target) {
		List<Object> at = arm.entry().at();
		Contribution<Strategy<?>> contribution = arm.entry().strategy().contribution();
		List<TaskFamily> families = new ArrayList<>();
		for (int source : given) {
			Optional<TaskFamily> family = arm.met(sources.get(source).entry());
			if (family.isEmpty()) {
				return Optional.empty();
			}
			families.add(family.get());
		}
		Optional<List<Acquisition>> acquisitions = found.guarded(at, contribution, "acquisitions",
				() -> ((Strategy<Record>) contribution.instance().get()).acquisitions(arm.entry().strategy().settings(), families));
		if (acquisitions.isEmpty()) {
			return Optional.empty();
		}
		Optional<Boolean> beside = found.guarded(at, contribution, "adaptsOnSources",
				() -> ((Strategy<Record>) contribution.instance().get()).adaptsOnSources(arm.entry().strategy().settings()));
		if (beside.isEmpty()) {
			return Optional.empty();
		}
		boolean sourcesGiven = found.root().get("source") instanceof Located list && list.isList() && !list.list().isEmpty();
		if (given.isEmpty() && (beside.get() || !acquisitions.get().isEmpty())) {
			// a source that could not be read was told
			if (!sources.isEmpty() || !sourcesGiven) {
				found.problem(at, "'" + arm.entry().strategy().id() + "' learns on sources" + (acquisitions.get().isEmpty() ? "" : " first")
						+ ", but " + (sourcesGiven ? "its 'sources' and those of target '" + target.use().label() + "' have none in common"
								: "'source' lists none"));
			}
			return Optional.empty();
		}
		List<Acquired> result = new ArrayList<>();
		Set<Acquisition> before = new HashSet<>();
		for (Acquisition acquisition : acquisitions.get()) {
			if (!(acquisition instanceof Record)) {
				found.problem(at, Findings.origin(contribution) + " gives an acquisition that is no record ("
						+ (acquisition == null ? "null" : acquisition.getClass().getName()) + "); its author has to make it one");
				return Optional.empty();
			}
			Optional<List<Acquisition>> needs = found.guarded(at, contribution, "needs", acquisition::needs);
			Optional<List<Integer>> on = found.guarded(at, contribution, "sources", () -> acquisition.sources(given.size()));
			if (needs.isEmpty() || on.isEmpty()) {
				return Optional.empty();
			}
			if (!before.containsAll(needs.get())) {
				found.problem(at, Findings.origin(contribution) + " gives the acquisition " + acquisition
						+ ", which needs one that does not stand before it; its author has to put it there");
				return Optional.empty();
			}
			if (on.get().isEmpty() || new HashSet<>(on.get()).size() < on.get().size()
					|| on.get().stream().anyMatch(source -> source == null || source < 0 || source >= given.size())) {
				found.problem(at, Findings.origin(contribution) + " gives the acquisition " + acquisition
						+ ", which learns on the sources " + on.get() + " of " + given.size()
						+ "; its author has to name different ones, from 0");
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
				String differs = SpaceCheck.differs(each.families().get(i), each.families().get(0), first);
				if (!differs.isEmpty()) {
					found.problem(List.of("source", entry.index(), "environment"), differs + "; one agent cannot learn on both");
				} else {
					spaces.checkBounds("source", entry, each.families().get(i), first, each.families().get(0));
				}
			}
		}
	}
}
