/** The contract of the parts of a checkpoint, and the reading of its files. */
package org.headstart.api.checkpoint;
