/**
 * Charts as images and SVG, reports as HTML and CSV. Needs no display and no SWT.
 *
 * <p>The command line writes reports with it, the workbench draws learning curves. It draws the models that {@code
 * org.headstart.analysis} makes and computes no figure itself. Internal to the bundles that the manifest names. Drawing is
 * thread-safe; equal models give equal bytes.
 */
package org.headstart.report.internal;
