/** Text for terminals and shells, whatever stands in names, labels and paths. */
package org.headstart.engine.internal.text;
