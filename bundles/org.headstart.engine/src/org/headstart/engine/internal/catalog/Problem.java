package org.headstart.engine.internal.catalog;

/**
 * A problem with an installed bundle or contribution, which was left out.
 *
 * @param bundle  the bundle's symbolic name, or the file or folder without one
 * @param id      the id of the contribution; empty if the problem belongs to no single one, or if it has no id
 * @param message for people: it names the bundle and the id, the problem and the right form
 */
public record Problem(String bundle, String id, String message) {

	@Override
	public String toString() {
		return message;
	}
}
