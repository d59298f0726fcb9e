/**
 * Charts as data, without a drawing library: lines with bands, intervals side by side, paths in a plane.
 *
 * <p>API: sections of a report make charts of these; the report's files and the workbench's views draw the same ones. Immutable.
 */
package org.headstart.analysis.chart;
