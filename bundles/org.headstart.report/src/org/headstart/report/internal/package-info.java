/** Charts as images and SVG, reports as HTML and CSV. Needs no display and no SWT. */
package org.headstart.report.internal;
