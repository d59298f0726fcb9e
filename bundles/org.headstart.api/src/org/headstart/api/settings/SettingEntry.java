package org.headstart.api.settings;

import java.util.List;
import java.util.Optional;

/**
 * One setting, as shown by {@code headstart describe}, by the workbench's content assist and in messages.
 *
 * @param key       its key in the experiment file
 * @param type      its type, for people: {@code "number"}, {@code "whole number"}, {@code "one of tanh, relu"}, …
 * @param byDefault the default, written as in YAML; empty for a required setting
 * @param unit      the unit; empty for a pure number
 * @param min       the lowest allowed number, or −∞
 * @param max       the highest allowed number, or +∞
 * @param plausibleMin the lowest plausible number, or −∞
 * @param plausibleMax the highest plausible number, or +∞
 * @param choices   the possible values, if they can be listed
 * @param nested    the settings inside, when the value is a map of settings or a list of such maps
 * @param doc one line of documentation
 */
public record SettingEntry(String key, String type, Optional<String> byDefault, String unit, double min, double max,
		double plausibleMin, double plausibleMax, List<String> choices, Optional<SettingsSchema> nested, String doc) {

	/** Defensive copy. */
	public SettingEntry {
		choices = List.copyOf(choices);
	}
}
