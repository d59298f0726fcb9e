/** DL4J as backend and as snapshot: all that touches ND4J. Internal. */
package org.headstart.nn.internal.dl4j;
