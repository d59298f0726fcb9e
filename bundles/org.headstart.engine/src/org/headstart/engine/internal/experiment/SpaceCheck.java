package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.View;

/** Whether the spaces of tasks fit together on which one agent learns, or learns first and then acts. */
final class SpaceCheck {

	private final Findings found;

	SpaceCheck(Findings found) {
		this.found = found;
	}

	/** In what the sizes of a family's spaces differ from those of a source's family; empty when in nothing. */
	static String differs(TaskFamily family, TaskFamily sourceFamily, TaskEntry source) {
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

	/** Actions of the same size may have other bounds, which is told. */
	void checkBounds(String key, TaskEntry entry, TaskFamily family, TaskEntry source, TaskFamily sourceFamily) {
		ActionSpace actions = family.environment().actionSpace();
		ActionSpace sourceActions = sourceFamily.environment().actionSpace();
		if (size(actions).equals(size(sourceActions)) && !actions.equals(sourceActions)) {
			found.warning(List.of(key, entry.index(), "environment"), "its actions have other bounds than those of source."
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
}
