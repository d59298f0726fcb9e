/** An environment with images. */
package org.headstart.examples.beacon;
