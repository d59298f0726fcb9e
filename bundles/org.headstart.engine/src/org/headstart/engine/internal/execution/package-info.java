/**
 * Execution: a step in this process, workers, and the supervised run of a plan.
 *
 * <p>The command line and the workbench's process start a run here; workers run single steps. All files go through {@code
 * results}. Internal to the bundles that the manifest names. A step is confined to its thread; only the wish to stop crosses
 * threads.
 */
package org.headstart.engine.internal.execution;
