/** A backbone: one dense layer. */
package org.headstart.examples.wide;
