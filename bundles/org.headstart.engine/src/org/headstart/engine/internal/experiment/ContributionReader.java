package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.loss.Loss;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.settings.Spelling;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.catalog.TaskFamilies;
import org.headstart.engine.internal.experiment.Experiment.LossUse;
import org.headstart.engine.internal.experiment.ExperimentFormat.LossKeys;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;

/** Reads what a file chooses from the catalog: contributions with their settings, beside which keys of the format stand. */
final class ContributionReader {

	private final Findings found;
	private final Catalog catalog;

	ContributionReader(Findings found, Catalog catalog) {
		this.found = found;
		this.catalog = catalog;
	}

	/**
	 * The keys of the format's own in a map that has a contribution's settings beside them.
	 *
	 * @param id the key of the contribution's id, which is looked up elsewhere, with the ids that there are
	 * @return the record of the schema; null when it cannot be made, and then the problems are told
	 */
	Record formatKeys(List<Object> at, Located map, SettingsSchema schema, String id) {
		return formatKeys(at, map, schema, schema.keys(), id);
	}

	/** @param keys those of the schema's keys that are the format's here */
	Record formatKeys(List<Object> at, Located map, SettingsSchema schema, Collection<String> keys, String id) {
		Map<String, Object> own = map.plainMap();
		own.keySet().retainAll(keys);
		SettingsSchema.Bound bound = schema.bind(own);
		found.unbound(at, schema, without(id, bound));
		return bound.settings();
	}

	private static SettingsSchema.Bound without(String key, SettingsSchema.Bound bound) {
		return new SettingsSchema.Bound(bound.settings(),
				bound.problems().stream().filter(each -> !each.path().equals(List.of(key))).toList(), bound.warnings());
	}

	/** The contribution of a key of the whole experiment. */
	<T> Optional<Choice<T>> choice(String key, SortedMap<String, Contribution<T>> known) {
		List<Object> at = List.of(key);
		Located map = found.root().get(key);
		if (map == null) {
			found.problem(Severity.ERROR, found.root().place(), at, "is missing; write " + key + ": {id: …}; there are: "
					+ String.join(", ", known.keySet()));
			return Optional.empty();
		}
		if (!map.isMap()) {
			found.problem(at, "must be a map like {id: " + idLike(map, known.keySet()) + "}");
			return Optional.empty();
		}
		return chosen(key, at, map, "id", ExperimentFormat.CHOICE.keys(), known);
	}

	static String idLike(Located value, Set<String> known) {
		return value.value() instanceof String text && known.contains(text) ? text
				: known.isEmpty() ? "…" : known.iterator().next();
	}

	/** Looks the contribution up that a map names, and reads its settings, which stand next to the keys of the format. */
	<T> Optional<Choice<T>> chosen(String what, List<Object> at, Located map, String idKey, List<String> formatKeys,
			SortedMap<String, Contribution<T>> known) {
		Located idValue = map.get(idKey);
		if (idValue == null || !(idValue.value() instanceof String id)) {
			if (idValue == null) {
				List<String> others = map.map().keySet().stream().filter(key -> !formatKeys.contains(key)).toList();
				String meant = Spelling.nearest(idKey, others).map(key -> " ('" + key + "' is no such key)").orElse("");
				found.problem(Findings.path(at, idKey), "is missing" + meant + "; there are: " + String.join(", ", known.keySet()));
			} else {
				found.problem(Findings.path(at, idKey),
						"must be the id of a contribution; there are: " + String.join(", ", known.keySet()));
			}
			return Optional.empty();
		}
		Contribution<T> contribution = known.get(id);
		if (contribution == null) {
			found.problem(Findings.path(at, idKey), Spelling.unknown(what, id, known.keySet()));
			return Optional.empty();
		}
		Optional<SettingsSchema> read = found.guarded(Findings.path(at, idKey), contribution, "the settings record", contribution::schema);
		if (read.isEmpty()) {
			return Optional.empty();
		}
		SettingsSchema schema = read.get();
		Set<String> clash = new TreeSet<>(schema.keys());
		clash.retainAll(formatKeys);
		if (!clash.isEmpty()) {
			found.problem(Findings.path(at, idKey), Findings.origin(contribution) + " has a setting '" + clash.iterator().next()
					+ "', a key that experiment files use themselves; its author has to rename it");
			return Optional.empty();
		}
		Optional<SettingsSchema.Bound> bound = found.guarded(Findings.path(at, idKey), contribution, "the settings record",
				() -> schema.bind(map.plainMap(), formatKeys, catalog));
		bound.ifPresent(settings -> found.unbound(at, schema, settings));
		return bound.map(SettingsSchema.Bound::settings).map(settings -> new Choice<>(contribution, settings, catalog.referred(settings)));
	}

	List<LossUse> losses() {
		List<LossUse> result = new ArrayList<>();
		List<Located> list = found.entries("losses", false);
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < list.size(); i++) {
			List<Object> at = List.of("losses", i);
			Located map = list.get(i);
			if (!map.isMap()) {
				found.problem(at, "must be a map like {id: " + idLike(map, catalog.losses().keySet()) + ", weight: 0.1}");
				continue;
			}
			Record keys = formatKeys(at, map, ExperimentFormat.LOSS, "id");
			Optional<Choice<Loss<?>>> loss = chosen("loss", at, map, "id", ExperimentFormat.LOSS.keys(), catalog.losses());
			if (loss.isPresent() && !seen.add(loss.get().id())) {
				found.problem(Findings.path(at, "id"), "'" + loss.get().id() + "' stands twice");
			} else if (loss.isPresent() && keys instanceof LossKeys lossKeys) {
				result.add(new LossUse(loss.get(), lossKeys.weight()));
			}
		}
		return result;
	}

	/** What an arm names of its own, if anything; empty when it names what cannot be read. */
	<T> Optional<Optional<Choice<T>>> own(List<Object> at, String key, Located map, SortedMap<String, Contribution<T>> known) {
		Located own = map.get(key);
		if (own == null || !own.isMap() || own.map().isEmpty()) {
			return Optional.of(Optional.empty());
		}
		return chosen(key, Findings.path(at, key), own, "id", ExperimentFormat.CHOICE.keys(), known).map(Optional::of);
	}

	/**
	 * Reads a list of wrappers.
	 *
	 * @param at where the map is that has the key {@code wrap}
	 * @return the wrappers, the innermost first; empty when one of them cannot be read
	 */
	Optional<List<Choice<Wrapper<?>>>> wrappers(List<Object> at, Located list) {
		List<Choice<Wrapper<?>>> wrappers = new ArrayList<>();
		for (int i = 0; list != null && list.isList() && i < list.list().size(); i++) {
			List<Object> here = Findings.path(at, "wrap", i);
			Located map = list.list().get(i);
			if (!map.isMap()) {
				found.problem(here, "must be a map like {id: " + idLike(map, catalog.wrappers().keySet()) + "}");
				return Optional.empty();
			}
			Optional<Choice<Wrapper<?>>> wrapper = chosen("wrapper", here, map, "id", ExperimentFormat.CHOICE.keys(), catalog.wrappers());
			if (wrapper.isEmpty()) {
				return Optional.empty();
			}
			wrappers.add(wrapper.get());
		}
		return Optional.of(wrappers);
	}

	/** @param at where the map is that has the key {@code wrap} */
	Optional<TaskFamily> wrapped(List<Object> at, List<Choice<Wrapper<?>>> wrappers, TaskFamily bare, Contribution<?> environment) {
		TaskFamily family = bare;
		for (int i = 0; i < wrappers.size(); i++) {
			try {
				family = TaskFamilies.wrapped(family, environment, wrappers.get(i).contribution(), wrappers.get(i).settings());
			} catch (RefusedException e) {
				found.problem(Findings.path(at, "wrap", i), e.reason());
				return Optional.empty();
			} catch (BrokenContributionException e) {
				found.problem(Findings.path(at, "wrap", i), e.getMessage());
				return Optional.empty();
			}
		}
		return Optional.of(family);
	}
}
