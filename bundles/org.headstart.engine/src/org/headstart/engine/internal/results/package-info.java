/**
 * The results folder: what a run leaves, one folder a step, and how it is read back.
 *
 * <p>Runs and workers write it; report, playback, workbench and command line read it while a run may be writing. A step's
 * folder appears whole or not at all. Internal to the bundles that the manifest names. The layout on disk is documented in
 * docs/operators.md.
 */
package org.headstart.engine.internal.results;
