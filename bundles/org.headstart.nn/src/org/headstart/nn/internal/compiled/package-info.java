/** The compiled backend: runs graphs of known layers on {@code org.headstart.nn.internal.kernels}. Internal. */
package org.headstart.nn.internal.compiled;
