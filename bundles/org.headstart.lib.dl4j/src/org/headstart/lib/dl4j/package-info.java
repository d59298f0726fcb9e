/**
 * The start of ND4J, for the library bundle that holds DL4J, ND4J and their natives.
 *
 * <p>{@link org.headstart.lib.dl4j.Nd4jStartup#ensure()} loads the natives before the first use of a network that needs them;
 * commands without a network never pay for it. For {@code org.headstart.nn} and for bundles that describe networks in DL4J's
 * terms. Thread-safe.
 */
package org.headstart.lib.dl4j;
