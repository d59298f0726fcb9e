/** The transfer strategies that ship: learning from scratch and fine-tuning. */
package org.headstart.strategies;
