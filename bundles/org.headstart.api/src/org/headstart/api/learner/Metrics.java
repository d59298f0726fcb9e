package org.headstart.api.learner;

/** Receives named numbers about an update: {@code policy-loss}, {@code entropy}, … Names are kebab case. */
@FunctionalInterface
public interface Metrics {

	/**
	 * Reports one number.
	 *
	 * @param name  its name
	 * @param value the number
	 */
	void report(String name, double value);
}
