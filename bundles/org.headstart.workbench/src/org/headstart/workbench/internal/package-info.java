/** Code about experiment files that the workbench's bundles share. */
package org.headstart.workbench.internal;
