package org.headstart.engine.internal.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.experiment.ExperimentFormat.Values;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The text of an experiment with all defaults and overrides written out, and how its parts are told apart in it. */
final class FrozenText {

	private FrozenText() {}

	/** The whole text, which reads back to the same experiment. */
	static String of(Values values, Experiment experiment, List<TaskEntry> sources, List<TaskEntry> targets,
			List<ArmEntry> arms) {
		Map<String, Object> all = ExperimentFormat.VALUES.toYaml(values);
		all.put("shots", experiment.protocol().shots());
		all.put("backbone", choice("id", experiment.equipment().backbone()));
		all.put("learner", choice("id", experiment.equipment().learner()));
		if (!experiment.equipment().losses().isEmpty()) {
			all.put("losses", experiment.equipment().losses().stream().map(use -> {
				Map<String, Object> map = choice("id", use.loss());
				map.put("weight", use.weight());
				return map;
			}).toList());
		}
		all.put("executor", choice("id", experiment.running().executor()));
		all.put("source", sources.stream().map(FrozenText::entry).toList());
		all.put("target", targets.stream().map(FrozenText::entry).toList());
		all.put("strategies", arms.stream().map(arm -> {
			Map<String, Object> map = ExperimentFormat.ARM.toYaml(arm.keys());
			arm.backbone().ifPresent(own -> map.put("backbone", choice("id", own)));
			arm.learner().ifPresent(own -> map.put("learner", choice("id", own)));
			map.put("wrap", arm.wrappers().stream().map(wrapper -> choice("id", wrapper)).toList());
			withoutDefaults(map);
			map.putAll(choice("id", arm.strategy()));
			return map;
		}).toList());
		Map<String, Object> ordered = new LinkedHashMap<>();
		for (String key : ExperimentFormat.keys()) {
			if (all.containsKey(key)) {
				ordered.put(key, all.get(key));
			}
		}
		return new Dump(DumpSettings.builder().setSchema(new CoreSchema()).setDefaultFlowStyle(FlowStyle.BLOCK)
				.setWidth(120).setDereferenceAliases(true).build()).dumpToString(ordered);
	}

	/** A contribution with all its settings, as the file has them. */
	static Map<String, Object> choice(String idKey, Choice<?> choice) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put(idKey, choice.id());
		map.putAll(SettingsSchema.of(choice.settings().getClass()).toYaml(choice.settings()));
		return map;
	}

	/** Labels, wrappers and pairings that nobody gave. */
	private static void withoutDefaults(Map<String, Object> keys) {
		keys.values().removeIf(value -> value.equals("") || value.equals(List.of()) || value.equals(Map.of()));
	}

	private static Map<String, Object> entry(TaskEntry entry) {
		Map<String, Object> map = ExperimentFormat.TASKS.toYaml(entry.keys());
		Stream.of(BudgetUnit.values()).filter(unit -> unit != entry.unit()).forEach(unit -> map.remove(unit.key()));
		map.put("task", entry.taskSets());
		map.put("wrap", entry.wrappers().stream().map(wrapper -> choice("id", wrapper)).toList());
		withoutDefaults(map);
		map.putAll(choice("environment", entry.environment()));
		return map;
	}

	static String shown(List<Choice<Wrapper<?>>> wrappers) {
		return wrappers.stream().map(FrozenText::shown).collect(Collectors.joining("+"));
	}

	/** A choice by its id and those settings that differ from their defaults. */
	static String shown(Choice<?> choice) {
		SettingsSchema schema = SettingsSchema.of(choice.settings().getClass());
		Map<String, Object> settings = schema.toYaml(choice.settings());
		schema.entries().forEach(entry -> entry.byDefault().ifPresent(byDefault -> settings.computeIfPresent(entry.key(),
				(key, value) -> SettingsSchema.shown(value).equals(byDefault) ? null : value)));
		String shown = settings.entrySet().stream().map(each -> each.getKey() + "=" + SettingsSchema.shown(each.getValue()))
				.collect(Collectors.joining(","));
		return choice.id() + (shown.isEmpty() ? "" : "(" + shown + ")");
	}
}
