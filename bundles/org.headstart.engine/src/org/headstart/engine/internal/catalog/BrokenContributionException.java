package org.headstart.engine.internal.catalog;

import java.util.Arrays;
import java.util.Optional;

/**
 * A contribution is broken: its classes cannot be loaded or instantiated, its code failed, or its result violates the
 * contract. The message names the bundle, the id and the failure.
 */
public final class BrokenContributionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param message names bundle and id
	 * @param cause   why; null when the message says all
	 */
	public BrokenContributionException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Describes an exception of a contribution for people: the exception's class, its message, and the first place of the
	 * contribution's own code in the trace. Wrapping exceptions are left out.
	 *
	 * @param thrown the exception
	 * @param code   loads the contribution's classes; null when it is not known
	 * @return for example {@code java.lang.NullPointerException: no goal, at com.acme.Lava.create (Lava.java:17)}
	 */
	public static String told(Throwable thrown, ClassLoader code) {
		Throwable first = thrown;
		while (first instanceof ExceptionInInitializerError && first.getCause() != null) {
			first = first.getCause();
		}
		StackTraceElement[] trace = first.getStackTrace();
		Optional<StackTraceElement> place = Arrays.stream(trace).filter(frame -> isOf(code, frame)).findFirst()
				.or(() -> Arrays.stream(trace).findFirst());
		return first + place.map(frame -> ", at " + frame.getClassName() + '.' + frame.getMethodName()
				+ (frame.getFileName() == null ? "" : " (" + frame.getFileName() + ':' + frame.getLineNumber() + ')')).orElse("");
	}

	private static boolean isOf(ClassLoader code, StackTraceElement frame) {
		if (code == null) {
			return false;
		}
		try {
			return Class.forName(frame.getClassName(), false, code).getClassLoader() == code;
		} catch (ClassNotFoundException | LinkageError e) {
			// hidden classes, and those of bundles that the contribution does not see
			return false;
		}
	}
}
