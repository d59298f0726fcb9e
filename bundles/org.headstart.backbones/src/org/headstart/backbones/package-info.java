/**
 * The network backbones that ship: dense layers, and long short-term memory.
 *
 * <p>Contributions; the engine reaches them by their ids, and no other bundle may use them.
 */
package org.headstart.backbones;
