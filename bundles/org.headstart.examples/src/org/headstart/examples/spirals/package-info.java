/** Labelled examples instead of lanes: two spirals in a plane. */
package org.headstart.examples.spirals;
