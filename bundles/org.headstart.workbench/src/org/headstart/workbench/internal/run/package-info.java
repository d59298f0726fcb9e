/**
 * The commands that run and stop an experiment and open its report, and the jobs that follow a run.
 *
 * <p>A run is a process of its own, started by the headless application's id; a job follows it by its results folder, also
 * when somebody else started it. Internal: nobody else may use it. Handlers are called on the UI thread, jobs work off it.
 */
package org.headstart.workbench.internal.run;
