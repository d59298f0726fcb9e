/** Headstart on OSGi: the catalog of contributions, shipped examples, plug-in folders, and the command that starts it again. */
package org.headstart.runtime.internal;
