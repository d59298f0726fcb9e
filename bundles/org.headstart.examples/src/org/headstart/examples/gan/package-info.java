/** Two networks in alternation: a generative adversarial network on a plane. */
package org.headstart.examples.gan;
