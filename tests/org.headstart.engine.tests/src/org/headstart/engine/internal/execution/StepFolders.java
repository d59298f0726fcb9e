package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.headstart.engine.internal.results.ResultStore;

/** Compares finished steps' folders. */
final class StepFolders {

	private StepFolders() {}

	/** What must be equal between equal runs: hashes of all files but the timing, by path. */
	static SortedMap<String, Integer> contents(ResultStore store, String key) throws IOException {
		Path folder = store.step(key);
		SortedMap<String, Integer> contents = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String name = folder.relativize(file).toString();
				if (!name.equals(ResultStore.TIMING)) {
					contents.put(name, Arrays.hashCode(Files.readAllBytes(file)));
				}
			}
		}
		return contents;
	}
}
