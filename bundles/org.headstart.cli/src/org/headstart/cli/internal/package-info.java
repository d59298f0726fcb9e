/** The command line: one class a command. */
package org.headstart.cli.internal;
