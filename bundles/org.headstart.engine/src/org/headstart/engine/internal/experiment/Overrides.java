package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.settings.Spelling;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;
import org.headstart.engine.internal.experiment.Located.Entry;
import org.headstart.engine.internal.experiment.Located.Place;

/**
 * Settings that replace those of the file: {@code learner.learning-rate=1e-3}, {@code strategies.0.layers=all},
 * {@code target.point-goal/test.steps=5000}.
 */
final class Overrides {

	private static final List<String> MAPS = List.of("backbone", "learner", "trial", "evaluation", "checkpoint", "executor");

	private final Located root;
	private final Map<String, List<List<String>>> labels;
	private final List<Problem> problems;

	/**
	 * @param root     the file; is changed
	 * @param labels   for each of the lists {@code source}, {@code target} and {@code strategies}, the labels of each element
	 * @param problems receives what is wrong
	 */
	Overrides(Located root, Map<String, List<List<String>>> labels, List<Problem> problems) {
		this.root = root;
		this.labels = labels;
		this.problems = problems;
	}

	/**
	 * Puts one value in.
	 *
	 * @param key  the dotted path
	 * @param text the value as one would write it in YAML
	 */
	void apply(String key, String text) {
		Place place = new Place("--set " + shorten(key + "=" + text), 0, 0);
		List<YamlSource.Flaw> flaws = new ArrayList<>();
		Optional<Located> value;
		try {
			value = new YamlSource(place.source(), false, flaws).read(text);
		} catch (YamlSource.Refused refused) {
			problem(place, key, refused.getMessage());
			return;
		}
		for (YamlSource.Flaw flaw : flaws) {
			problem(place, key, flaw.message());
		}
		put(key, value.orElse(new Located(place, null)), place);
	}

	private void put(String key, Located value, Place place) {
		Located here = root;
		List<Object> path = new ArrayList<>();
		String rest = key;
		while (true) {
			if (here.isMap()) {
				int dot = rest.indexOf('.');
				String word = dot < 0 ? rest : rest.substring(0, dot);
				if (path.isEmpty() && !ExperimentFormat.keys().contains(word)) {
					problem(place, key, Spelling.unknown("key", word, ExperimentFormat.keys()));
					return;
				}
				if (word.isEmpty()) {
					problem(place, key, "is no path to a setting; write it like learner.learning-rate=1e-3");
					return;
				}
				if (dot < 0) {
					here.map().put(word, new Entry(place, value));
					return;
				}
				here = inner(here, word, path, place);
				path.add(word);
				rest = rest.substring(dot + 1);
			} else if (here.isList()) {
				Optional<Element> element = element(here, path, rest);
				if (element.isEmpty()) {
					noSuchElement(here, path, rest, key, place);
					return;
				}
				if (element.get().rest().isEmpty()) {
					here.list().set(element.get().index(), value);
					return;
				}
				path.add(element.get().index());
				here = here.list().get(element.get().index());
				rest = element.get().rest();
			} else {
				problem(place, key, "'" + dotted(path) + "' has no settings inside, so '" + rest + "' cannot be set");
				return;
			}
		}
	}

	/** The value inside, made when the file has none and a map can be meant. */
	private static Located inner(Located map, String word, List<Object> path, Place place) {
		Located inner = map.get(word);
		boolean canBeMade = !path.isEmpty() || MAPS.contains(word);
		if (inner != null && inner.value() != null || inner == null && !canBeMade) {
			return inner != null ? inner : new Located(place, null);
		}
		Located made = Located.emptyMap(place);
		if (path.isEmpty() && word.equals("executor")) {
			made.map().put("id", new Entry(place, new Located(place, ExperimentFormat.LOCAL)));
		}
		map.map().put(word, new Entry(place, made));
		return made;
	}

	private record Element(int index, String rest) {}

	/** Labels may have dots in them, so the longest that fits is taken. */
	private Optional<Element> element(Located list, List<Object> path, String rest) {
		Map<String, Integer> names = new LinkedHashMap<>();
		for (int i = 0; i < list.list().size(); i++) {
			for (String name : names(list, path, i)) {
				names.merge(name, i, (one, other) -> one.equals(other) ? one : -1);
			}
		}
		for (int i = 0; i < list.list().size(); i++) {
			names.put(Integer.toString(i), i);
		}
		return names.entrySet().stream().filter(name -> name.getValue() >= 0)
				.filter(name -> rest.equals(name.getKey()) || rest.startsWith(name.getKey() + "."))
				.max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
				.map(name -> new Element(name.getValue(), rest.substring(Math.min(rest.length(), name.getKey().length() + 1))));
	}

	/** What an element of a list can be called beside its index; names that several elements have do not count. */
	private List<String> names(Located list, List<Object> path, int index) {
		List<String> names = new ArrayList<>();
		List<List<String>> derived = path.size() == 1 ? labels.get(path.get(0)) : null;
		if (derived != null && index < derived.size()) {
			names.addAll(derived.get(index));
		}
		for (String key : List.of("label", "id")) {
			if (list.list().get(index).get(key) instanceof Located name && name.value() instanceof String text
					&& !text.isEmpty()) {
				names.add(text);
			}
		}
		return names;
	}

	private void noSuchElement(Located list, List<Object> path, String rest, String key, Place place) {
		List<String> known = new ArrayList<>();
		for (int i = 0; i < list.list().size(); i++) {
			List<String> names = names(list, path, i);
			known.add(names.isEmpty() ? Integer.toString(i) : i + " (" + names.get(0) + ")");
		}
		List<String> words = new ArrayList<>();
		for (int i = 0; i < list.list().size(); i++) {
			words.addAll(names(list, path, i));
		}
		int dot = rest.indexOf('.');
		String word = dot < 0 ? rest : rest.substring(0, dot);
		String near = Spelling.nearest(word, words).map(name -> "; did you mean '" + name + "'?").orElse("");
		problem(place, key, "'" + dotted(path) + "' has no element '" + shorten(word) + "'" + near
				+ (near.isEmpty() ? "; there " : " There ") + (known.isEmpty() ? "are none" : "are: " + String.join(", ", known)));
	}

	private void problem(Place place, String key, String message) {
		problems.add(new Problem(Severity.ERROR, place.source(), 0, 0, key, message));
	}

	static String dotted(List<Object> path) {
		return String.join(".", path.stream().map(String::valueOf).toList());
	}

	private static String shorten(String text) {
		String line = text.replaceAll("\\p{Cntrl}+", " ");
		return line.length() <= 60 ? line : line.substring(0, 59) + "…";
	}
}
