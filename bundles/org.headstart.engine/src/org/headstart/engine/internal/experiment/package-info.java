/** Experiment files: their format, how they are read and checked, and the experiment that they describe. */
package org.headstart.engine.internal.experiment;
