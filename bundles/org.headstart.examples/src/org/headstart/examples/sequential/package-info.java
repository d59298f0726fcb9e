/** An executor: one worker process. */
package org.headstart.examples.sequential;
