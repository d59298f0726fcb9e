/** An environment that shows images. */
package org.headstart.examples.beacon;
