/** A transfer strategy with a curriculum: pre-training on tasks that widen from the nominal one. */
package org.headstart.examples.widening;
