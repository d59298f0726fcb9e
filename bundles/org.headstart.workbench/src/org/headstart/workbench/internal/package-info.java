/**
 * Code about experiment files that the workbench's bundles share.
 *
 * <p>The workbench and its charts use it to find experiment files, their results folders and their runs. Internal to the
 * bundles that the manifest names.
 */
package org.headstart.workbench.internal;
