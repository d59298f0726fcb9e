/** An executor that detaches: its processes continue when the run has ended, and the next run follows them. */
package org.headstart.examples.background;
