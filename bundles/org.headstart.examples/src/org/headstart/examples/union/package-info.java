/** Groups: several environments as one, whose lanes are of different worlds, and settings that are other contributions. */
package org.headstart.examples.union;
