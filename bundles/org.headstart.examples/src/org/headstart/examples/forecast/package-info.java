/** An auxiliary loss over windows of steps. */
package org.headstart.examples.forecast;
