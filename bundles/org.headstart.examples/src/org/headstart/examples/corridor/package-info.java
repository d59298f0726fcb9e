/** An environment: a corridor with a goal. */
package org.headstart.examples.corridor;
