/** An executor: a process for each step, one after the other. */
package org.headstart.examples.sequential;
