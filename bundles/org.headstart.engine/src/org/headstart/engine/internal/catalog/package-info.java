/**
 * The catalog of contributions: what is installed, by id, and what had to be left out.
 *
 * <p>The runtime fills it from the extension registry, a test by hand. A contribution's classes are loaded when it is first
 * used; what fails in them carries the contribution's name. Internal to the bundles that the manifest names. Immutable and
 * thread-safe.
 */
package org.headstart.engine.internal.catalog;
