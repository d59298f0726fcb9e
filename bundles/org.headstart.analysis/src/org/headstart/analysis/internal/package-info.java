/**
 * The statistics behind an analysis (bootstrap over seeds, aggregates, analysers), the reading of results folders, and the charts
 * and tables that ship.
 *
 * <p>Internal: the report, the command line and the workbench use it; its names may change with any version.
 */
package org.headstart.analysis.internal;
