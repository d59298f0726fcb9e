/**
 * Single figures and tables of them: an estimate with its interval and what qualifies it
 * ({@link org.headstart.analysis.figure.Estimate}), tables whose cells are figures
 * ({@link org.headstart.analysis.figure.FigureTable}), and how figures are written for people
 * ({@link org.headstart.analysis.figure.Figures}).
 *
 * <p>API: sections of a report make tables of these; page, CSV files, terminal and JSON show the same ones. Immutable.
 */
package org.headstart.analysis.figure;
