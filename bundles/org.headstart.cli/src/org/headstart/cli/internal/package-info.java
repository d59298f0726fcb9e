/**
 * The command line: one class for each command, read by picocli.
 *
 * <p>{@link org.headstart.cli.internal.Headstart} is the application that the script {@code headstart} and the workbench
 * start. Only this package prints for people and decides exit codes; docs/cli.md lists them. Internal: nobody else may use it.
 */
package org.headstart.cli.internal;
