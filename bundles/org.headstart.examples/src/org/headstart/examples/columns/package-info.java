/** A strategy with an architecture of its own: a second column beside a frozen first one. */
package org.headstart.examples.columns;
