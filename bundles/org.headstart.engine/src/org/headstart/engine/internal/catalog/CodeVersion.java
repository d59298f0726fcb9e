package org.headstart.engine.internal.catalog;

import java.util.Collection;

/**
 * Identifies the code behind a contribution: equal texts, equal code. Class files are read for it, so it is asked only when a plan
 * is made or a result is written. Thread-safe.
 */
public interface CodeVersion {

	/** @return what identifies the classes and resources that the contribution can reach */
	String whole();

	/**
	 * Identifies the code of what the contribution made: several contributions of a bundle may make the same.
	 *
	 * @param classes classes of the things made
	 * @return what identifies the classes and resources that these can reach
	 */
	String of(Collection<Class<?>> classes);

	/**
	 * A version that is known.
	 *
	 * @param version the version of all code
	 * @return it
	 */
	static CodeVersion known(String version) {
		return new CodeVersion() {
			@Override
			public String whole() {
				return version;
			}

			@Override
			public String of(Collection<Class<?>> classes) {
				return version;
			}
		};
	}
}
