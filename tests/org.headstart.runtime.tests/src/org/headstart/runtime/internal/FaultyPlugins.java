package org.headstart.runtime.internal;

import java.util.Map;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.Setting;

/** Classes of a plug-in's author who made mistakes; public, as the registry wants them. */
public final class FaultyPlugins {

	private FaultyPlugins() {}

	/** Forgot to make the family. */
	public static final class Nothing implements Environment<NoSettings> {

		@Override
		public TaskFamily create(NoSettings settings) {
			return null;
		}
	}

	/** Never comes to an end. */
	public static final class Endless implements Environment<NoSettings> {

		@Override
		public TaskFamily create(NoSettings settings) {
			return create(settings);
		}
	}

	/** Cannot be initialised. */
	public static final class Uninitialised implements Environment<NoSettings> {

		private static final int SIZE = Integer.parseInt("many");

		@Override
		public TaskFamily create(NoSettings settings) {
			throw new IllegalStateException("never made, of size " + SIZE);
		}
	}

	/** Has a setting of a type that settings cannot have. */
	public record MapSettings(@Setting(value = "Weights by name", byDefault = "{}") Map<String, Double> weights) {}
}
