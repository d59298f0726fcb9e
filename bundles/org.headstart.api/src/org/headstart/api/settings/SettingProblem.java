package org.headstart.api.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * An error in a setting's value.
 *
 * @param path    keys ({@code String}) and list indexes ({@code Integer}) from the settings' root; empty for the settings as
 *                a whole
 * @param message for the user: the error and the right form
 */
public record SettingProblem(List<Object> path, String message) {

	/** Defensive copy. */
	public SettingProblem {
		path = List.copyOf(path);
	}

	/**
	 * @param outer the path of the settings within outer settings
	 * @return this problem with its path from the outer settings
	 */
	SettingProblem under(List<Object> outer) {
		List<Object> full = new ArrayList<>(outer);
		full.addAll(path);
		return new SettingProblem(full, message);
	}

	/** @return the path with dots between its parts; empty for the settings as a whole */
	public String key() {
		return String.join(".", path.stream().map(String::valueOf).toList());
	}
}
