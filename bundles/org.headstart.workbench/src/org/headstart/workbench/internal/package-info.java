/** What other bundles of the workbench share about experiment files. */
package org.headstart.workbench.internal;
