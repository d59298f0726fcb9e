/**
 * The contract of the parts of a checkpoint, and the reading of its files.
 *
 * <p>Everything whose state decides what comes next implements {@link org.headstart.api.checkpoint.Checkpointed}; the engine
 * writes and reads the files, so that a resumed step gives the bytes of one that was never stopped. API for plug-in authors.
 * Called on the step's thread, between two updates.
 */
package org.headstart.api.checkpoint;
