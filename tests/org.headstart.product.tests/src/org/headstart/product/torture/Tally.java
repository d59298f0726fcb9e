package org.headstart.product.torture;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts by row and column. Thread-safe. */
final class Tally {

	private final SortedMap<String, SortedMap<String, Integer>> rows = new TreeMap<>();

	synchronized void add(String row, String column) {
		rows.computeIfAbsent(row, name -> new TreeMap<>()).merge(column, 1, Integer::sum);
	}

	synchronized int total() {
		return rows.values().stream().flatMap(row -> row.values().stream()).mapToInt(Integer::intValue).sum();
	}

	/** A table with sums at the right. */
	@Override
	public synchronized String toString() {
		SortedSet<String> columns = new TreeSet<>();
		rows.values().forEach(row -> columns.addAll(row.keySet()));
		int first = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
		StringBuilder table = new StringBuilder(" ".repeat(first));
		columns.forEach(column -> table.append("  ").append(column));
		table.append("  all\n");
		for (Map.Entry<String, SortedMap<String, Integer>> row : rows.entrySet()) {
			table.append(row.getKey()).append(" ".repeat(first - row.getKey().length()));
			for (String column : columns) {
				table.append(("%" + (column.length() + 2) + "s").formatted(row.getValue().getOrDefault(column, 0)));
			}
			table.append("%5d%n".formatted(row.getValue().values().stream().mapToInt(Integer::intValue).sum()));
		}
		return table.toString();
	}
}
