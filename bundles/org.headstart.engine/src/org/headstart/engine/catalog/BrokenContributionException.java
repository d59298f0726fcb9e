package org.headstart.engine.catalog;

/** A contribution whose classes cannot be loaded or made. The message names bundle, id and class. */
public final class BrokenContributionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param message names bundle, id and class
	 * @param cause   why
	 */
	public BrokenContributionException(String message, Throwable cause) {
		super(message, cause);
	}
}
