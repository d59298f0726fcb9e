/** An environment with lanes of its own: a world in an external process. */
package org.headstart.examples.lift;
