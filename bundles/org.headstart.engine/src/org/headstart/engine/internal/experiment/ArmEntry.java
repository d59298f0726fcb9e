package org.headstart.engine.internal.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.learner.Learner;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.experiment.ExperimentFormat.ArmKeys;

/**
 * One entry of {@code strategies}; what it names of its own is empty where it is the experiment's.
 *
 * @param index    its place in the list
 * @param keys     the format's own keys
 * @param strategy the strategy
 * @param backbone a backbone of its own
 * @param learner  a learner of its own
 * @param wrappers what is around every environment for it alone, the innermost first
 */
record ArmEntry(int index, ArmKeys keys, Choice<Strategy<?>> strategy, Optional<Choice<Backbone<?>>> backbone,
		Optional<Choice<Learner<?>>> learner, List<Choice<Wrapper<?>>> wrappers) {

	List<Object> at() {
		return List.of("strategies", index);
	}

	/** All that tells an arm from others: its strategy's settings, and what it names of its own. */
	Map<String, Object> distinction() {
		Map<String, Object> settings = SettingsSchema.of(strategy.settings().getClass()).toYaml(strategy.settings());
		backbone.ifPresent(own -> settings.put("backbone", FrozenText.shown(own)));
		learner.ifPresent(own -> settings.put("learner", FrozenText.shown(own)));
		if (!wrappers.isEmpty()) {
			settings.put("wrap", FrozenText.shown(wrappers));
		}
		if (!keys.sources().names().isEmpty()) {
			settings.put("sources", String.join("+", keys.sources().names()));
		}
		return settings;
	}
}
