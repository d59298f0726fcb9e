/** The command line: one class for each command. */
package org.headstart.cli.internal;
