/** An environment with lanes of its own: a world in a process outside. */
package org.headstart.examples.lift;
