/** The compiled executor: runs graphs of known layers on {@code org.headstart.nn.kernels}. Internal. */
package org.headstart.nn.compiled;
