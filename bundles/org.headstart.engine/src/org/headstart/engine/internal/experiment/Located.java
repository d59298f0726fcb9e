package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of an experiment file that knows where it stands.
 *
 * @param place where it begins
 * @param value {@code Map<String, Entry>}, {@code List<Located>}, String, Boolean, Long, BigInteger, Double or null; maps and
 *              lists may be changed, which is how settings from the command line get in
 */
record Located(Place place, Object value) {

	/**
	 * Where something stands.
	 *
	 * @param source the file, or the command line's option
	 * @param line   from 1; 0 for the whole source
	 * @param column from 1; 0 for the whole source
	 */
	record Place(String source, int line, int column) {}

	/**
	 * A key and its value.
	 *
	 * @param place where the key begins
	 * @param value the value
	 */
	record Entry(Place place, Located value) {}

	static Located emptyMap(Place place) {
		return new Located(place, new LinkedHashMap<>());
	}

	boolean isMap() {
		return value instanceof Map;
	}

	boolean isList() {
		return value instanceof List;
	}

	/** The map; only when {@link #isMap()}. */
	@SuppressWarnings("unchecked")
	Map<String, Entry> map() {
		return (Map<String, Entry>) value;
	}

	/** The list; only when {@link #isList()}. */
	@SuppressWarnings("unchecked")
	List<Located> list() {
		return (List<Located>) value;
	}

	/** The value of a key; null when this is no map or the key is not there. */
	Located get(String key) {
		Entry entry = isMap() ? map().get(key) : null;
		return entry == null ? null : entry.value();
	}

	/** The value without places, as settings schemas take it. */
	Object plain() {
		if (isMap()) {
			return plainMap();
		}
		if (isList()) {
			List<Object> list = new ArrayList<>();
			for (Located element : list()) {
				list.add(element.plain());
			}
			return list;
		}
		return value;
	}

	Map<String, Object> plainMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map().forEach((key, entry) -> map.put(key, entry.value().plain()));
		return map;
	}

	/**
	 * Where a path leads.
	 *
	 * @param path  keys and indexes from here
	 * @param atKey whether the last key's place is meant instead of its value's
	 * @return the place; of the innermost value that there is, when the path leads on from there
	 */
	Place place(List<Object> path, boolean atKey) {
		Located here = this;
		for (int i = 0; i < path.size(); i++) {
			if (here.isMap() && here.map().get(path.get(i)) instanceof Entry entry) {
				if (atKey && i == path.size() - 1) {
					return entry.place();
				}
				here = entry.value();
			} else if (here.isList() && path.get(i) instanceof Integer index && index >= 0 && index < here.list().size()) {
				here = here.list().get(index);
			} else {
				break;
			}
		}
		return here.place();
	}
}
