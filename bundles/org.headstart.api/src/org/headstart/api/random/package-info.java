/** Randomness: one root seed, a stream for every consumer, derived by name. */
package org.headstart.api.random;
