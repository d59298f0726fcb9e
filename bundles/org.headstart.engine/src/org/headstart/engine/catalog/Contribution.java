package org.headstart.engine.catalog;

import java.util.function.Supplier;

/**
 * One contribution to an extension point: what is known of it without loading a class of it, and how to get at the classes.
 *
 * @param <T>         what it is: {@code Environment}, {@code Backbone}, {@code Learner}, {@code Strategy} or {@code Executor}
 * @param id          the id that experiment files use, unique in its kind
 * @param name        for people
 * @param description one line
 * @param bundle      the bundle that contributes it, or any text that names the origin
 * @param code        computes {@link #codeVersion()}, which reads the bundle's classes: called only when a plan is made
 * @param settings    loads the settings record's class; may throw {@link BrokenContributionException}
 * @param instance    gives the one instance; may throw {@link BrokenContributionException}
 */
public record Contribution<T>(String id, String name, String description, String bundle, Supplier<String> code,
		Supplier<Class<? extends Record>> settings, Supplier<T> instance) {

	/**
	 * A contribution whose code version is known.
	 *
	 * @param id          the id that experiment files use
	 * @param name        for people
	 * @param description one line
	 * @param bundle      where it comes from
	 * @param codeVersion identifies the code
	 * @param settings    loads the settings record's class
	 * @param instance    gives the one instance
	 */
	public Contribution(String id, String name, String description, String bundle, String codeVersion,
			Supplier<Class<? extends Record>> settings, Supplier<T> instance) {
		this(id, name, description, bundle, () -> codeVersion, settings, instance);
	}

	/** @return what identifies the bundle's code: equal text, equal code */
	public String codeVersion() {
		return code.get();
	}
}
