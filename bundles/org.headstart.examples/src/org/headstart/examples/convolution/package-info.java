/** A backbone for images. */
package org.headstart.examples.convolution;
