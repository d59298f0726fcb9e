/**
 * Randomness: one root seed, and a stream for every consumer, derived by name.
 *
 * <p>Whatever draws in Headstart draws from here, so that no draw shifts those of another and a step can be repeated to the
 * byte. API for plug-in authors: for use. A stream is confined to one thread.
 */
package org.headstart.api.random;
