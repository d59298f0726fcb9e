/**
 * Markers for the problems of experiment files in the workspace.
 *
 * <p>Scheduled at the workbench's start and whenever a file changes; the engine's own reader finds the problems. Internal:
 * nobody else may use it. Runs as a job, off the UI thread.
 */
package org.headstart.workbench.internal.validation;
