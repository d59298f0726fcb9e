package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;

/** The agents saved by the acquisitions on which a step builds. */
final class Knowledge {

	/** By name, in the order of the acquisitions; several where several saved under one name. */
	private final Map<String, List<Path>> folders;

	private Knowledge(Map<String, List<Path>> folders) {
		this.folders = folders;
	}

	/** The agents for a step. */
	static Knowledge of(ResultStore store, Step step) throws IOException {
		Map<String, List<Path>> found = new LinkedHashMap<>();
		for (String need : step.needs()) {
			Path checkpoints = store.step(need).resolve(ResultStore.CHECKPOINT);
			if (Files.isDirectory(checkpoints, LinkOption.NOFOLLOW_LINKS)) {
				try (var agents = Files.list(checkpoints)) {
					agents.filter(agent -> Files.isDirectory(agent, LinkOption.NOFOLLOW_LINKS)).sorted()
							.forEach(agent -> found.computeIfAbsent(agent.getFileName().toString(), name -> new ArrayList<>()).add(agent));
				}
			}
		}
		return new Knowledge(found);
	}

	/** All names, in the order of the acquisitions, then of the alphabet. */
	List<String> names() {
		return List.copyOf(folders.keySet());
	}

	/** @throws IllegalArgumentException when none or several of the acquisitions saved an agent of the name */
	Path folder(String name) {
		List<Path> found = folders.getOrDefault(name, List.of());
		if (found.isEmpty()) {
			throw new IllegalArgumentException("no acquisition left an agent named '" + name + "'"
					+ (folders.isEmpty() ? "" : "; they left " + String.join(", ", folders.keySet())));
		}
		if (found.size() > 1) {
			throw new IllegalArgumentException(found.size() + " acquisitions left an agent named '" + name
					+ "'; they have to save under different names");
		}
		return found.get(0);
	}
}
