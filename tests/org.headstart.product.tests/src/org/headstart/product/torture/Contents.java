package org.headstart.product.torture;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a results folder holds: a hash for each file, {@code "folder"} or {@code "neither"} for what is not a file. Entries that
 * vanish while they are read are left out.
 *
 * @param entries by path within the folder
 */
record Contents(SortedMap<String, String> entries) {

	static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

	/** Bytes beyond this are nobody's result. */
	private static final long MOST_BYTES = 1 << 28;

	static Contents of(Path folder) throws IOException {
		SortedMap<String, String> entries = new TreeMap<>();
		walk(folder, (path, attributes) -> entries.put(folder.relativize(path).toString(),
				attributes.isDirectory() ? "folder" : attributes.isRegularFile() ? hash(path, attributes.size()) : "neither"));
		entries.remove("");
		return new Contents(entries);
	}

	/** Takes an entry of a folder. */
	interface Visit {
		void visit(Path path, BasicFileAttributes attributes) throws IOException;
	}

	/** Goes through a folder that others are changing. */
	static void walk(Path folder, Visit visit) throws IOException {
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
				visit.visit(directory, attributes);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				visit.visit(file, attributes);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException failure) {
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
				return FileVisitResult.CONTINUE;
			}
		});
	}

	private static String hash(Path file, long size) throws IOException {
		if (size > MOST_BYTES) {
			return size + " bytes";
		}
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)), 0, 16);
		} catch (NoSuchFileException e) {
			return "gone";
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The keys of the steps that are finished. */
	List<String> finished() {
		return entries.keySet().stream().filter(path -> path.matches("steps/[0-9a-f]{32}/step\\.json"))
				.map(path -> path.split("/")[1]).toList();
	}

	/** What equal runs share: experiment, plan, the files of steps but their timing. */
	SortedMap<String, String> results() {
		return only(path -> path.equals("experiment.yaml") || path.equals("plan.json")
				|| path.startsWith("steps/") && !path.endsWith("/timing.json"));
	}

	/** The files of a finished step; what the next run tidies up is left out. */
	SortedMap<String, String> step(String key) {
		return only(path -> path.startsWith("steps/" + key + "/") && !path.endsWith("/timing.json") && !path.contains("/resume")
				&& !path.endsWith("/failure.txt"));
	}

	/** The report's tables, but the one that has processor times. */
	SortedMap<String, String> tables() {
		return only(path -> path.startsWith("report/") && path.endsWith(".csv") && !path.endsWith("/cost.csv"));
	}

	/** Names and kinds of all entries; a log that only some runs leave is not counted. */
	SortedMap<String, String> layout() {
		SortedMap<String, String> kinds = only(path -> !path.equals("workers.log"));
		kinds.replaceAll((path, hash) -> hash.equals("folder") || hash.equals("neither") ? hash : "file");
		return kinds;
	}

	private SortedMap<String, String> only(Predicate<String> wanted) {
		return entries.entrySet().stream().filter(entry -> wanted.test(entry.getKey()))
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
	}

	/** How two maps differ, in a line; empty when they do not. */
	static String difference(SortedMap<String, String> expected, SortedMap<String, String> actual) {
		List<String> differences = new ArrayList<>();
		TreeSet<String> paths = new TreeSet<>(expected.keySet());
		paths.addAll(actual.keySet());
		for (String path : paths) {
			String wanted = expected.get(path);
			String found = actual.get(path);
			if (!Objects.equals(wanted, found)) {
				differences.add(path + (found == null ? " is missing" : wanted == null ? " should not be there" : " differs"));
			}
		}
		return differences.stream().limit(5).collect(Collectors.joining(", "))
				+ (differences.size() > 5 ? " and " + (differences.size() - 5) + " more" : "");
	}

	/** Deletes a folder that others may still be writing into. */
	static void delete(Path folder) throws IOException {
		for (int attempt = 0; Files.exists(folder, LinkOption.NOFOLLOW_LINKS); attempt++) {
			List<Path> paths = new ArrayList<>();
			walk(folder, (path, attributes) -> paths.add(path));
			try {
				for (Path path : paths.reversed()) {
					Files.deleteIfExists(path);
				}
			} catch (DirectoryNotEmptyException e) {
				if (attempt > 1000) {
					throw e;
				}
			}
		}
	}

	static void copy(Path from, Path to) throws IOException {
		walk(from, (path, attributes) -> {
			Files.copy(path, to.resolve(from.relativize(path)), LinkOption.NOFOLLOW_LINKS);
		});
	}
}
