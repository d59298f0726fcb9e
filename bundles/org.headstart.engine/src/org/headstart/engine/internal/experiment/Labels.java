package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.headstart.api.settings.SettingsSchema;

/**
 * Names for things of a list that the file gives no label: what they are, and the settings that tell them from others of the
 * same kind, as in {@code fine-tune layers=last}.
 */
final class Labels {

	private record Thing(String given, String kind, Map<String, String> settings) {}

	private final List<Thing> things = new ArrayList<>();

	/** The next thing has a label of its own; others of its kind are told from it by their settings. */
	void give(String label, String kind, Map<String, Object> settings) {
		things.add(new Thing(label, kind, flat(settings)));
	}

	/** The next thing needs a label. */
	void derive(String kind, Map<String, Object> settings) {
		things.add(new Thing(null, kind, flat(settings)));
	}

	private static Map<String, String> flat(Map<String, Object> settings) {
		Map<String, String> flat = new LinkedHashMap<>();
		flatten("", settings, flat);
		return flat;
	}

	private static void flatten(String prefix, Map<?, ?> settings, Map<String, String> flat) {
		settings.forEach((key, value) -> {
			if (value instanceof Map<?, ?> inner) {
				flatten(prefix + key + ".", inner, flat);
			} else {
				flat.put(prefix + key, SettingsSchema.shown(value));
			}
		});
	}

	/**
	 * @return the labels, in order; derived ones are unique among themselves, given ones are as given
	 */
	List<String> names() {
		Map<String, Set<String>> differing = new HashMap<>();
		Map<String, Map<String, String>> firstOfKind = new HashMap<>();
		for (Thing thing : things) {
			Map<String, String> first = firstOfKind.putIfAbsent(thing.kind(), thing.settings());
			if (first != null) {
				Set<String> keys = new LinkedHashSet<>(first.keySet());
				keys.addAll(thing.settings().keySet());
				keys.removeIf(key -> first.containsKey(key) && first.get(key).equals(thing.settings().get(key)));
				differing.computeIfAbsent(thing.kind(), kind -> new HashSet<>()).addAll(keys);
			}
		}
		List<String> names = new ArrayList<>();
		Map<String, Integer> taken = new HashMap<>();
		for (Thing thing : things) {
			if (thing.given() != null) {
				names.add(thing.given());
				continue;
			}
			StringBuilder name = new StringBuilder(thing.kind());
			thing.settings().forEach((key, value) -> {
				if (differing.getOrDefault(thing.kind(), Set.of()).contains(key)) {
					name.append(' ').append(key).append('=').append(value);
				}
			});
			int count = taken.merge(name.toString(), 1, Integer::sum);
			names.add(count == 1 ? name.toString() : name + " (" + count + ")");
		}
		return names;
	}
}
