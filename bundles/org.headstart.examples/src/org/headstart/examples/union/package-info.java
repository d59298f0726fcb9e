/** Groups: several environments combined, with lanes of different worlds; and settings that refer to other contributions. */
package org.headstart.examples.union;
