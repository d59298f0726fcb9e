package org.headstart.engine.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.strategy.Strategy;

/**
 * All contributions, by id. Immutable and thread-safe. The runtime fills it from the extension registry, a test by hand.
 *
 * @param environments task families
 * @param backbones    network backbones
 * @param learners     learners
 * @param strategies   transfer strategies
 * @param executors    executors
 * @param codeVersions code versions of the bundles that every step depends on (API, networks, engine), by bundle name
 * @param problems     one message for each contribution that was left out, naming its bundle and id
 */
public record Catalog(SortedMap<String, Contribution<Environment<?>>> environments,
		SortedMap<String, Contribution<Backbone<?>>> backbones, SortedMap<String, Contribution<Learner<?>>> learners,
		SortedMap<String, Contribution<Strategy<?>>> strategies, SortedMap<String, Contribution<Executor<?>>> executors,
		SortedMap<String, String> codeVersions, List<String> problems) {

	/** Defensive copies. */
	public Catalog {
		environments = copy(environments);
		backbones = copy(backbones);
		learners = copy(learners);
		strategies = copy(strategies);
		executors = copy(executors);
		codeVersions = copy(codeVersions);
		problems = List.copyOf(problems);
	}

	private static <V> SortedMap<String, V> copy(Map<String, V> map) {
		return Collections.unmodifiableSortedMap(new TreeMap<>(map));
	}
}
