/** What a DL4J configuration says of a graph, without starting ND4J. Internal. */
package org.headstart.nn.internal.graph;
