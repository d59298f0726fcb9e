/**
 * What a DL4J configuration says of a graph, without starting ND4J.
 *
 * <p>Backends ask it which layers they have to run, checks ask for sizes before anything is allocated. Internal. Immutable.
 */
package org.headstart.nn.internal.graph;
