package org.headstart.workbench.internal.plugins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.Problem;
import org.headstart.runtime.internal.Installation;

/**
 * A line of the Plug-ins view.
 *
 * @param kind        the kind of contribution, for example {@code "learner"}; {@link #LEFT_OUT} or {@link #BROKEN} if it
 *                    cannot be used
 * @param id          its id in experiment files; empty for a problem that belongs to no single contribution
 * @param description one line; for a problem the reason
 * @param bundle      the contributing bundle, or the file or folder that was left out
 */
record PluginEntry(String kind, String id, String description, String bundle) {

	static final String LEFT_OUT = "left out";
	private static final String BROKEN = "broken";

	/**
	 * Lists all contributions of this installation. Not for the UI thread.
	 *
	 * @param check whether to load every class, as its use would, and to list broken ones
	 * @return first what was left out or is broken, then the working contributions
	 */
	static List<PluginEntry> all(boolean check) {
		Installation installation = Installation.current();
		Catalog catalog = installation.catalog();
		List<PluginEntry> entries = new ArrayList<>();
		for (Problem problem : check ? installation.check() : catalog.problems()) {
			entries.add(new PluginEntry(catalog.problems().contains(problem) ? LEFT_OUT : BROKEN, problem.id(), problem.message(),
					problem.bundle()));
		}
		add("environment", catalog.environments().values(), entries);
		add("wrapper", catalog.wrappers().values(), entries);
		add("backbone", catalog.backbones().values(), entries);
		add("learner", catalog.learners().values(), entries);
		add("loss", catalog.losses().values(), entries);
		add("strategy", catalog.strategies().values(), entries);
		add("executor", catalog.executors().values(), entries);
		installation.examples().all().values().forEach(
				example -> entries.add(new PluginEntry("example", example.name(), example.description(), example.bundle())));
		return entries;
	}

	private static void add(String kind, Collection<? extends Contribution<?>> contributions, List<PluginEntry> entries) {
		for (Contribution<?> contribution : contributions) {
			entries.add(new PluginEntry(kind, contribution.id(), contribution.description(), contribution.bundle()));
		}
	}

	/** @return whether it cannot be used */
	boolean faulty() {
		return kind.equals(LEFT_OUT) || kind.equals(BROKEN);
	}

	/** @return the text for the clipboard and the details */
	String text() {
		return faulty() ? kind + ": " + description : "%s %s: %s (bundle %s)".formatted(kind, id, description, bundle);
	}
}
