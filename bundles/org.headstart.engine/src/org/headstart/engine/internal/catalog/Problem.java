package org.headstart.engine.internal.catalog;

/**
 * Something wrong with what is installed, and what was left out for it.
 *
 * @param bundle  the bundle's symbolic name, or the file or folder where there is no bundle
 * @param id      the id of the contribution; empty when it is no single one's, or has none
 * @param message for people: names bundle and id as well, says what is wrong and what would be right
 */
public record Problem(String bundle, String id, String message) {

	@Override
	public String toString() {
		return message;
	}
}
