package org.headstart.api.settings;

import java.util.List;
import java.util.Optional;

/**
 * One setting, as {@code headstart describe}, the proposals of the workbench's editor and messages show it.
 *
 * @param key       what the experiment file calls it
 * @param type      for people: {@code "number"}, {@code "whole number"}, {@code "one of tanh, relu"}, …
 * @param byDefault the default as one would write it in YAML; empty when it must be given
 * @param unit      the unit; empty for a pure number
 * @param min       the lowest number that is allowed, or −∞
 * @param max       the highest number that is allowed, or +∞
 * @param plausibleMin the lowest number that makes sense, or −∞
 * @param plausibleMax the highest number that makes sense, or +∞
 * @param choices   the values that there are, when they can be listed
 * @param nested    the settings inside, when the value is a map of settings or a list of such maps
 * @param doc       one line
 */
public record SettingEntry(String key, String type, Optional<String> byDefault, String unit, double min, double max,
		double plausibleMin, double plausibleMax, List<String> choices, Optional<SettingsSchema> nested, String doc) {

	/** Defensive copy. */
	public SettingEntry {
		choices = List.copyOf(choices);
	}
}
