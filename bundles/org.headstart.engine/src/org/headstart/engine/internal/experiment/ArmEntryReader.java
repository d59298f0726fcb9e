package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.learner.Learner;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.Experiment.Arm;
import org.headstart.engine.internal.experiment.Experiment.LossUse;
import org.headstart.engine.internal.experiment.ExperimentFormat.ArmKeys;

/** Reads the entries of {@code strategies}, and equips the arms that they stand for. */
final class ArmEntryReader {

	private final Findings found;
	private final ContributionReader contributions;
	private final Catalog catalog;

	ArmEntryReader(Findings found, ContributionReader contributions, Catalog catalog) {
		this.found = found;
		this.contributions = contributions;
		this.catalog = catalog;
	}

	List<ArmEntry> entries() {
		List<ArmEntry> result = new ArrayList<>();
		List<Located> list = found.entries("strategies", true);
		for (int i = 0; i < list.size(); i++) {
			List<Object> at = List.of("strategies", i);
			Located map = list.get(i);
			if (!map.isMap()) {
				found.problem(at, "must be a map like {id: " + ContributionReader.idLike(map, catalog.strategies().keySet()) + "}");
				continue;
			}
			Record keys = contributions.formatKeys(at, map, ExperimentFormat.ARM, "id");
			Optional<Choice<Strategy<?>>> strategy = contributions.chosen("strategy", at, map, "id", ExperimentFormat.ARM.keys(),
					catalog.strategies());
			Optional<Optional<Choice<Backbone<?>>>> backbone = contributions.own(at, "backbone", map, catalog.backbones());
			Optional<Optional<Choice<Learner<?>>>> learner = contributions.own(at, "learner", map, catalog.learners());
			Optional<List<Choice<Wrapper<?>>>> wrappers = contributions.wrappers(at, map.get("wrap"));
			if (strategy.isPresent() && backbone.isPresent() && learner.isPresent() && wrappers.isPresent()
					&& keys instanceof ArmKeys armKeys) {
				result.add(new ArmEntry(i, armKeys, strategy.get(), backbone.get(), learner.get(), wrappers.get()));
			}
		}
		return result;
	}

	/**
	 * Equips the arms.
	 *
	 * @param backbone the experiment's, where it could be read
	 * @param learner  the experiment's with the losses, where it could be read
	 * @param sources  what the arms may be paired with
	 * @param labels   receives the labels of each entry
	 */
	List<MetArm> arms(List<ArmEntry> entries, Optional<Choice<Backbone<?>>> backbone, Optional<Choice<Learner<?>>> learner,
			List<LossUse> losses, TaskExpansion expansion, List<TaskEntry.Labelled> sources, Map<String, List<List<String>>> labels) {
		Labels made = new Labels();
		for (ArmEntry entry : entries) {
			if (entry.keys().label().text().isEmpty()) {
				made.derive(entry.strategy().id(), entry.distinction());
			} else {
				made.give(entry.keys().label().text(), entry.strategy().id(), entry.distinction());
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
					expansion.paired(at, entry.keys().sources(), sources)), contributions));
			while (byEntry.size() <= entry.index()) {
				byEntry.add(new ArrayList<>());
			}
			byEntry.get(entry.index()).add(names.get(i));
			Integer same = byContent.putIfAbsent(entry.strategy().id() + " " + entry.distinction(), entry.index());
			if (same != null) {
				found.problem(at, "is the same as strategies." + same + "; the results would be the same too, remove one");
				continue;
			}
			Integer taken = byLabel.putIfAbsent(names.get(i), entry.index());
			if (taken != null) {
				found.problem(entry.keys().label().text().isEmpty() ? at : Findings.path(at, "label"),
						"the label '" + names.get(i) + "' is taken by strategies." + taken);
			}
		}
		labels.put("strategies", byEntry);
		return arms;
	}
}
