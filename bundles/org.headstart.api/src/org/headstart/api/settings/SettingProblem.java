package org.headstart.api.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Something wrong with a setting's value.
 *
 * @param path    where: keys ({@code String}) and list indexes ({@code Integer}) from the settings' root; empty for the whole
 * @param message for the user: what is wrong and what would be right
 */
public record SettingProblem(List<Object> path, String message) {

	/** Defensive copy. */
	public SettingProblem {
		path = List.copyOf(path);
	}

	/**
	 * @param outer where the settings stand that this is a problem of
	 * @return this with its path from there
	 */
	SettingProblem under(List<Object> outer) {
		List<Object> full = new ArrayList<>(outer);
		full.addAll(path);
		return new SettingProblem(full, message);
	}

	/** @return the path with dots between its parts; empty for the whole */
	public String key() {
		return String.join(".", path.stream().map(String::valueOf).toList());
	}
}
