package org.headstart.engine.internal.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.Loss;
import org.headstart.api.strategy.Strategy;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.experiment.Experiment.LossUse;

/** Whether losses and strategies can do with the learners and the tasks that they meet. */
final class ApplicationCheck {

	private final Findings found;

	ApplicationCheck(Findings found) {
		this.found = found;
	}

	/** Learners must apply the losses; a loss may need more of an environment than another. */
	void losses(List<LossUse> losses, Optional<Choice<Learner<?>>> learner, List<ArmEntry> arms, List<TaskEntry> targets) {
		if (losses.isEmpty()) {
			return;
		}
		if (learner.isPresent() && !applies(List.of("learner"), learner.get())) {
			found.problem(List.of("losses"), "the learner '" + learner.get().id()
					+ "' applies no losses; leave them out, or choose another learner");
		}
		for (ArmEntry arm : arms) {
			List<Object> at = Findings.path(arm.at(), "learner");
			if (arm.learner().isPresent() && !applies(at, arm.learner().get())) {
				found.problem(at, "the learner '" + arm.learner().get().id()
						+ "' applies no losses; leave out 'losses', or choose another learner");
			}
		}
		for (int i = 0; i < losses.size(); i++) {
			Choice<Loss<?>> loss = losses.get(i).loss();
			for (TaskEntry target : targets) {
				found.guarded(List.of("losses", i), loss.contribution(), "heads", () -> LearnerWithLosses.heads(loss,
						View.PLAIN.observationSpace(target.family().environment()), target.family().environment().actionSpace()));
			}
		}
	}

	private boolean applies(List<Object> at, Choice<Learner<?>> learner) {
		return found.guarded(at, learner.contribution(), "appliesLosses",
				() -> learner.contribution().instance().get().appliesLosses()).orElse(true);
	}

	/** Strategies may refuse a target. */
	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	void strategies(List<MetArm> arms, List<TaskEntry> targets) {
		for (MetArm arm : arms) {
			List<Object> at = arm.entry().at();
			Choice<Strategy<?>> strategy = arm.entry().strategy();
			Contribution<Strategy<?>> contribution = strategy.contribution();
			Map<String, TaskEntry> refused = new LinkedHashMap<>();
			for (TaskEntry target : targets) {
				Optional<TaskFamily> family = arm.met(target);
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
			refused.forEach((message, target) -> found.problem(at,
					message + " (target." + target.index() + ", " + target.environment().id() + ")"));
		}
	}
}
