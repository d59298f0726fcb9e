package org.headstart.engine.internal.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.Loss;
import org.headstart.api.settings.Reference;
import org.headstart.api.settings.References;
import org.headstart.api.settings.SettingProblem;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.settings.Spelling;
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
		Supplier<SortedMap<String, String>> code, List<Problem> problems) implements References {

	private static final String ID = "id";

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
	 * Makes a catalog with known code versions.
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

	@Override
	public Reference<?> find(Class<?> kind, Map<?, ?> yaml, List<SettingProblem> problems) {
		SortedMap<String, ? extends Contribution<?>> known = of(kind);
		Object id = yaml.get(ID);
		Contribution<?> contribution = id instanceof String text ? known.get(text) : null;
		if (contribution == null) {
			problems.add(new SettingProblem(List.of(ID), id instanceof String text
					? Spelling.unknown(kind.getSimpleName().toLowerCase(Locale.ROOT), text, known.keySet())
					: (id == null ? "is missing" : "must be the id of a contribution") + "; there are: "
							+ String.join(", ", known.keySet())));
			return null;
		}
		SettingsSchema.Bound bound = contribution.schema().bind(yaml, List.of(ID), this);
		problems.addAll(bound.problems());
		return bound.settings() == null ? null
				: new Reference<>(kind, contribution.id(), contribution.call("instance", contribution.instance()::get), bound.settings());
	}

	/**
	 * The contributions to which settings refer, directly or through other references.
	 *
	 * @param settings a settings record that was read with this catalog
	 * @return the contributions
	 */
	public List<Contribution<?>> referred(Record settings) {
		return SettingsSchema.of(settings.getClass()).references(settings).stream()
				.<Contribution<?>>map(reference -> of(reference.kind()).get(reference.id())).toList();
	}

	/** @throws IllegalArgumentException when settings cannot refer to such a kind */
	private SortedMap<String, ? extends Contribution<?>> of(Class<?> kind) {
		Map<Class<?>, SortedMap<String, ? extends Contribution<?>>> kinds = Map.of(Environment.class, environments, Wrapper.class, wrappers,
				Backbone.class, backbones, Learner.class, learners, Loss.class, losses, Strategy.class, strategies);
		SortedMap<String, ? extends Contribution<?>> known = kinds.get(kind);
		if (known == null) {
			throw new IllegalArgumentException("a setting cannot refer to a " + kind.getName() + "; it can to "
					+ String.join(", ", kinds.keySet().stream().map(Class::getSimpleName).sorted().toList()));
		}
		return known;
	}

	/** @return code versions of the bundles that every step depends on (API, networks, engine), by bundle name */
	public SortedMap<String, String> codeVersions() {
		return code.get();
	}

	private static <V> SortedMap<String, V> copy(Map<String, V> map) {
		return Collections.unmodifiableSortedMap(new TreeMap<>(map));
	}
}
