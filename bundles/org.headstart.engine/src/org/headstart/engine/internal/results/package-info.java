/** The results folder: what a run leaves, one folder a step, and how it is read back. */
package org.headstart.engine.internal.results;
