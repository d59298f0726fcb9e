/**
 * DL4J as backend and as snapshot: all that touches ND4J. Internal.
 *
 * <p>{@code org.headstart.nn} chooses the backend for graphs with layers that have no kernel.
 */
package org.headstart.nn.internal.dl4j;
