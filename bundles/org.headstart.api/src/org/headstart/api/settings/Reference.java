package org.headstart.api.settings;

/**
 * Another contribution as the value of a setting, with settings of its own: the learner of a teacher, the backbone of a second
 * network. In YAML it is a map of the contribution's {@code id} and its settings. The component's type names the kind,
 * {@code Reference<Learner<?>>} for example, as a class or with its argument.
 *
 * <p>References are equal when kind, id and settings are. The code of what is referred to has a part in the keys of all steps that
 * use the setting. Immutable and thread-safe, as contributions are.
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

	/** @return id and settings, equal for equal references alone */
	@Override
	public String toString() {
		return kind.getSimpleName() + " " + id + " " + SettingsSchema.of(settings.getClass()).canonical(settings);
	}
}
