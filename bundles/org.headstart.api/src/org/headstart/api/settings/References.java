package org.headstart.api.settings;

import java.util.List;
import java.util.Map;

/** Finds the contributions to which settings refer. */
@FunctionalInterface
public interface References {

	/** Knows no contribution. */
	References NONE = (kind, yaml, problems) -> {
		problems.add(new SettingProblem(List.of(), "refers to a contribution, and no contributions are known here"));
		return null;
	};

	/**
	 * Finds a contribution and reads its settings.
	 *
	 * @param kind     the interface of the kind, for example {@code Learner.class}
	 * @param yaml     {@code id} and the settings, as given by a YAML parser
	 * @param problems receives the problems, with paths in {@code yaml}
	 * @return the reference; null when there are problems
	 */
	Reference<?> find(Class<?> kind, Map<?, ?> yaml, List<SettingProblem> problems);
}
