/**
 * The view of learning curves, live while an experiment runs.
 *
 * <p>A job reads the results folder and makes the chart's models off the UI thread; the canvas draws them as the report does.
 * Internal: nobody else may use it.
 */
package org.headstart.workbench.charts.internal;
