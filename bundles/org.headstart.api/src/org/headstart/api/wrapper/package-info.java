/**
 * Wrappers: environments around other environments.
 *
 * <p>An experiment lists them beside an environment, and the engine puts them around the lanes in that order. API for plug-in
 * authors: implement {@link org.headstart.api.wrapper.Wrapper}. Confined to the thread of the lanes.
 */
package org.headstart.api.wrapper;
