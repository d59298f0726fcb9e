/** Where the steps of a plan run: local processes, or a cluster. */
package org.headstart.api.execution;
