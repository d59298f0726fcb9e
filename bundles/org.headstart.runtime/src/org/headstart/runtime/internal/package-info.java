/**
 * Headstart on OSGi: the catalog of contributions, shipped examples, plug-in folders, and the command that starts it again.
 *
 * <p>The one reader of the extension registry: command line and workbench get the catalog from {@link
 * org.headstart.runtime.internal.Installation}. Internal to the bundles that the manifest names. Thread-safe.
 */
package org.headstart.runtime.internal;
