/**
 * The wrappers that come with Headstart.
 *
 * <p>Contributions; the engine reaches them by their ids, and no other bundle may use them.
 */
package org.headstart.wrappers;
