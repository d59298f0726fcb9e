package org.headstart.runtime.internal;

import java.util.List;
import java.util.function.Function;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.Loss;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.wrapper.Wrapper;

/**
 * One of Headstart's extension points. All have the same shape: elements of one name with the same attributes.
 *
 * @param <T>     the contributed interface
 * @param name    the point's simple id, for example {@code environments}
 * @param element the name of its elements, for example {@code environment}
 * @param type    the interface that a contribution's class implements
 * @param cast    casts an instance of {@code type}
 */
record ExtensionPoint<T>(String name, String element, Class<?> type, Function<Object, T> cast) {

	/** The bundle that declares the points. */
	static final String NAMESPACE = "org.headstart.api";

	static final ExtensionPoint<Environment<?>> ENVIRONMENTS = new ExtensionPoint<>("environments", "environment",
			Environment.class, object -> (Environment<?>) object);
	static final ExtensionPoint<Wrapper<?>> WRAPPERS = new ExtensionPoint<>("wrappers", "wrapper", Wrapper.class,
			object -> (Wrapper<?>) object);
	static final ExtensionPoint<Backbone<?>> BACKBONES = new ExtensionPoint<>("backbones", "backbone", Backbone.class,
			object -> (Backbone<?>) object);
	static final ExtensionPoint<Learner<?>> LEARNERS = new ExtensionPoint<>("learners", "learner", Learner.class,
			object -> (Learner<?>) object);
	static final ExtensionPoint<Strategy<?>> STRATEGIES = new ExtensionPoint<>("strategies", "strategy",
			Strategy.class, object -> (Strategy<?>) object);
	static final ExtensionPoint<Loss<?>> LOSSES = new ExtensionPoint<>("losses", "loss", Loss.class, object -> (Loss<?>) object);
	static final ExtensionPoint<Executor<?>> EXECUTORS = new ExtensionPoint<>("executors", "executor", Executor.class,
			object -> (Executor<?>) object);

	static final List<ExtensionPoint<?>> ALL = List.of(ENVIRONMENTS, WRAPPERS, BACKBONES, LEARNERS, LOSSES, STRATEGIES, EXECUTORS);

	/** @return the id that extensions name, for example {@code org.headstart.api.environments} */
	String id() {
		return NAMESPACE + '.' + name;
	}
}
