package org.headstart.engine.internal.catalog;

import java.util.Collection;

/**
 * Identifies the code behind a contribution: equal texts mean equal code. It reads class files, so it is called only when a
 * plan is made or a result is written. Thread-safe.
 */
public interface CodeVersion {

	/** @return the identification of the classes and resources that the contribution can reach */
	String whole();

	/**
	 * Identifies the code of objects that the contribution made, since several contributions of a bundle may make the same.
	 *
	 * @param classes classes of the objects
	 * @return the identification of the classes and resources that these can reach
	 */
	String of(Collection<Class<?>> classes);

	/**
	 * A known version.
	 *
	 * @param version the version of all code
	 * @return the version
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
