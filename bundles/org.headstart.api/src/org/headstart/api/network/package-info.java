/**
 * Networks, as used by learners and strategies. DL4J's graph is the definition; a backend runs it.
 *
 * <p>Learners call networks for outputs and gradients, strategies freeze, copy and reset their parts; the implementations are
 * in {@code org.headstart.nn}. API for plug-in authors. A network is confined to the step's thread.
 */
package org.headstart.api.network;
