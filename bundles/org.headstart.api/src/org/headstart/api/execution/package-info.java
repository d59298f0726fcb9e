/**
 * Executors: they run the steps of a plan, in local processes or on a cluster.
 *
 * <p>A run hands its steps to the {@link org.headstart.api.execution.Execution} of the chosen executor and is told what
 * becomes of them; the protocol of a worker process is part of the contract. API for plug-in authors. Listeners may be called
 * on any thread; the run takes what they say to its own.
 */
package org.headstart.api.execution;
