/**
 * The standing harness: kills and pauses runs, damages results folders and mutates experiment files, and holds what comes of it
 * against what the documentation promises. {@code Torture} is the long form, started with {@code headstart torture}; the tests
 * run a short form.
 *
 * <p>All is drawn from a seed. A case is known by its part, the seed and its number, and can be run again by these, as far as the
 * timing of processes allows.
 */
package org.headstart.product.torture;
