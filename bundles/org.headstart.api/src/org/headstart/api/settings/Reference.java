package org.headstart.api.settings;

/**
 * The value of a setting that refers to another contribution and gives its settings: the learner of a teacher, the backbone
 * of a second network. In YAML it is a map of the contribution's {@code id} and its settings. The type of the record's
 * component says the kind of contribution, for example {@code Reference<Learner<?>>} or {@code Reference<Learner>}.
 *
 * <p>References are equal if kind, id and settings are equal. The keys of all steps that use the setting contain a hash of
 * the contribution's code. Immutable and thread-safe, as contributions are.
 *
 * @param <T>      the interface of the kind, for example {@code Learner<?>}
 * @param kind     that interface
 * @param id       the contribution's id
 * @param instance the contribution
 * @param settings its settings, of its own settings record
 */
public record Reference<T>(Class<?> kind, String id, T instance, Record settings) {

	@Override
	public boolean equals(Object other) {
		return other instanceof Reference<?> reference && kind == reference.kind && id.equals(reference.id)
				&& settings.equals(reference.settings);
	}

	@Override
	public int hashCode() {
		return id.hashCode() * 31 + settings.hashCode();
	}

	/** @return id and settings; different references give different texts */
	@Override
	public String toString() {
		return kind.getSimpleName() + " " + id + " " + SettingsSchema.of(settings.getClass()).canonical(settings);
	}
}
