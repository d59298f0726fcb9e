/**
 * Sections of a report: what one shows ({@link org.headstart.analysis.section.Section}), what it is made from
 * ({@link org.headstart.analysis.section.AnalysedRun}), and the contract
 * ({@link org.headstart.analysis.section.ReportSection}).
 *
 * <p>API to read; there is no extension point for sections yet. The page, the files of charts and the tables of a report all show
 * the same sections. Everything is immutable.
 */
package org.headstart.analysis.section;
