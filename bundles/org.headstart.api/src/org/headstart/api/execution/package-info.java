/** Executors: they run the steps of a plan in local processes or on a cluster. */
package org.headstart.api.execution;
