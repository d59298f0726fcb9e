/**
 * What steps have left, as far as an analysis reads it: returns of one adaptation over its steps, curves of training on the
 * sources, traces of single episodes, and curves with bands that summarise several runs.
 *
 * <p>API: sections of a report read it. Immutable, apart from the arrays, which nobody may write to.
 */
package org.headstart.analysis.result;
