/**
 * The wizard that makes a new experiment file from an example.
 *
 * <p>Internal: nobody else may use it. UI thread.
 */
package org.headstart.workbench.internal.wizard;
