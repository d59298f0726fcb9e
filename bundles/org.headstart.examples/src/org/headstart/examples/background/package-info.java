/** An executor that detaches: its processes go on when the run has ended, and the next run follows them. */
package org.headstart.examples.background;
