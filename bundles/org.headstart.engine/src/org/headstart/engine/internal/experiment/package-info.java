/**
 * Experiment files: their format, how they are read and checked, and the experiment that they describe.
 *
 * <p>Command line, editor and validation call the one reader, so that all of them find the same problems at the same lines and
 * columns. Internal to the bundles that the manifest names. Experiments are immutable; the reader needs a catalog and no OSGi.
 */
package org.headstart.engine.internal.experiment;
