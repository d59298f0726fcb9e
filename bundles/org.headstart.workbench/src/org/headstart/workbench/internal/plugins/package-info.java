/**
 * The view of what is installed, and of what had to be left out with the reason.
 *
 * <p>It shows the catalog's contributions and problems. Internal: nobody else may use it. UI thread.
 */
package org.headstart.workbench.internal.plugins;
