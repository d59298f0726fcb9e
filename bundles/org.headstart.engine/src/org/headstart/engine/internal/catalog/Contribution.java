package org.headstart.engine.internal.catalog;

import java.util.Collection;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import org.headstart.api.settings.SettingsSchema;

/**
 * One contribution to an extension point: its description, which is known without loading its classes, and access to the
 * classes. Its code must be run in {@link #call}, so that failures carry the contribution's name.
 *
 * @param <T> the contributed interface: {@code Environment}, {@code Backbone}, {@code Learner}, {@code Strategy} or
 *            {@code Executor}
 * @param kind        the name of its kind: {@code environment}, {@code backbone}, …
 * @param id          the id that experiment files use, unique in its kind
 * @param name        for people
 * @param description one line
 * @param bundle      the bundle that contributes it, or any text that names the origin
 * @param code        identifies its code, for which class files are read
 * @param settings    loads the settings record's class; may throw {@link BrokenContributionException}
 * @param instance    gives the one instance; may throw {@link BrokenContributionException}
 */
public record Contribution<T>(String kind, String id, String name, String description, String bundle,
		CodeVersion code, Supplier<Class<? extends Record>> settings, Supplier<T> instance) {

	/**
	 * Code of a contribution.
	 *
	 * @param <R> its result
	 * @param <X> what it may throw
	 */
	@FunctionalInterface
	public interface Code<R, X extends Exception> {

		/**
		 * Runs it.
		 *
		 * @return what it gives
		 * @throws X when it cannot
		 */
		R run() throws X;
	}

	/**
	 * A contribution whose code version is known.
	 *
	 * @param id          the id that experiment files use
	 * @param name        for people
	 * @param description one line
	 * @param bundle      its bundle
	 * @param codeVersion identifies the code
	 * @param settings    loads the settings record's class
	 * @param instance    gives the one instance
	 */
	public Contribution(String id, String name, String description, String bundle, String codeVersion,
			Supplier<Class<? extends Record>> settings, Supplier<T> instance) {
		this("contribution", id, name, description, bundle, CodeVersion.known(codeVersion), settings, instance);
	}

	/** @return the identification of all code that it can reach: equal texts mean equal code */
	public String codeVersion() {
		return code.whole();
	}

	/**
	 * Identifies the code of objects that it made.
	 *
	 * @param made classes of the objects
	 * @return the identification of the code that these can reach
	 */
	public String codeVersion(Collection<Class<?>> made) {
		return code.of(made);
	}

	/** @return its name in messages: {@code bundle com.acme.lava, environment 'lava'} */
	public String origin() {
		return "bundle " + bundle + ", " + kind + " '" + id + "'";
	}

	/**
	 * Runs code of this contribution. Every exception and error is attributed to the contribution, except a lack of memory
	 * and a cancellation.
	 *
	 * @param <R>  what the code gives
	 * @param <X>  what it may throw beside
	 * @param what the method, for messages
	 * @param code calls it
	 * @return what it gave, never null
	 * @throws X                           from the code, as it is
	 * @throws RefusedException            when it threw an {@code IllegalArgumentException} that says why
	 * @throws BrokenContributionException when it threw anything else, or gave null
	 */
	public <R, X extends Exception> R call(String what, Code<R, X> code) throws X {
		R result;
		try {
			result = code.run();
		} catch (RuntimeException | Error e) {
			throw attributed(what, e);
		}
		if (result == null) {
			throw new BrokenContributionException(origin() + ": " + what + " gave null", null);
		}
		return result;
	}

	/**
	 * Adds this contribution's name to an exception, unless it has one.
	 *
	 * @param what   the method that threw it, for messages
	 * @param thrown the exception or error
	 * @return the exception to throw instead
	 */
	public RuntimeException attributed(String what, Throwable thrown) {
		return switch (thrown) {
			case BrokenContributionException named -> named;
			case RefusedException named -> named;
			case CancellationException cancelled -> cancelled;
			case IllegalArgumentException refusal when refusal.getMessage() != null -> new RefusedException(origin(), refusal);
			case VirtualMachineError error when !(error instanceof StackOverflowError) -> throw error;
			default -> new BrokenContributionException(
					origin() + ": " + what + " failed: " + BrokenContributionException.told(thrown, loader()), thrown);
		};
	}

	private ClassLoader loader() {
		try {
			return instance.get().getClass().getClassLoader();
		} catch (RuntimeException | LinkageError e) {
			// the reported failure may be this one
			return null;
		}
	}

	/**
	 * The schema of its settings.
	 *
	 * @return the schema
	 * @throws BrokenContributionException when the class cannot be loaded, or settings cannot be of its kind
	 */
	public SettingsSchema schema() {
		try {
			return call("the settings record", () -> SettingsSchema.of(settings.get()));
		} catch (RefusedException e) {
			throw new BrokenContributionException(e.getMessage(), e);
		}
	}
}
