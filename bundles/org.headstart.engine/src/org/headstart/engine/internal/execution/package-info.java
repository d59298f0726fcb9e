/** Execution: a step in this process, workers, and the supervised run of a plan. */
package org.headstart.engine.internal.execution;
