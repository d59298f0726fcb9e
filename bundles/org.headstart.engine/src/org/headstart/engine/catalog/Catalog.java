package org.headstart.engine.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.Loss;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.wrapper.Wrapper;

/**
 * All contributions, by id. Immutable and thread-safe. The runtime fills it from the extension registry, a test by hand.
 *
 * @param environments task families
 * @param wrappers     environments around others
 * @param backbones    network backbones
 * @param learners     learners
 * @param losses       losses beside a learner's own
 * @param strategies   transfer strategies
 * @param executors    executors
 * @param code         computes {@link #codeVersions()}, which reads the bundles' classes: called only when a plan is made
 * @param problems     one for each contribution, bundle or file that was left out
 */
public record Catalog(SortedMap<String, Contribution<Environment<?>>> environments, SortedMap<String, Contribution<Wrapper<?>>> wrappers,
		SortedMap<String, Contribution<Backbone<?>>> backbones, SortedMap<String, Contribution<Learner<?>>> learners,
		SortedMap<String, Contribution<Loss<?>>> losses, SortedMap<String, Contribution<Strategy<?>>> strategies,
		SortedMap<String, Contribution<Executor<?>>> executors,
		Supplier<SortedMap<String, String>> code, List<Problem> problems) {

	/** Defensive copies. */
	public Catalog {
		environments = copy(environments);
		wrappers = copy(wrappers);
		backbones = copy(backbones);
		learners = copy(learners);
		losses = copy(losses);
		strategies = copy(strategies);
		executors = copy(executors);
		problems = List.copyOf(problems);
	}

	/**
	 * A catalog whose code versions are known.
	 *
	 * @param environments task families
	 * @param wrappers     environments around others
	 * @param backbones    network backbones
	 * @param learners     learners
	 * @param losses       losses beside a learner's own
	 * @param strategies   transfer strategies
	 * @param executors    executors
	 * @param codeVersions code versions of the bundles that every step depends on, by bundle name
	 * @param problems     one for each contribution that was left out
	 */
	public Catalog(SortedMap<String, Contribution<Environment<?>>> environments, SortedMap<String, Contribution<Wrapper<?>>> wrappers,
			SortedMap<String, Contribution<Backbone<?>>> backbones,
			SortedMap<String, Contribution<Learner<?>>> learners, SortedMap<String, Contribution<Loss<?>>> losses,
			SortedMap<String, Contribution<Strategy<?>>> strategies,
			SortedMap<String, Contribution<Executor<?>>> executors, SortedMap<String, String> codeVersions,
			List<Problem> problems) {
		this(environments, wrappers, backbones, learners, losses, strategies, executors, known(copy(codeVersions)), problems);
	}

	private static Supplier<SortedMap<String, String>> known(SortedMap<String, String> codeVersions) {
		return () -> codeVersions;
	}

	/** @return code versions of the bundles that every step depends on (API, networks, engine), by bundle name */
	public SortedMap<String, String> codeVersions() {
		return code.get();
	}

	private static <V> SortedMap<String, V> copy(Map<String, V> map) {
		return Collections.unmodifiableSortedMap(new TreeMap<>(map));
	}
}
