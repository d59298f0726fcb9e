/** A strategy with a loop of its own: a student is fitted to its teacher's distribution. */
package org.headstart.examples.distillation;
