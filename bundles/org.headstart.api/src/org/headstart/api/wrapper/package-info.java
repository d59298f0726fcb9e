/** Wrappers: environments around other environments. */
package org.headstart.api.wrapper;
