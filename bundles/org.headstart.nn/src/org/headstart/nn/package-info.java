/**
 * Networks: built from a backbone and heads ({@link org.headstart.nn.NetworkBuilder}), saved
 * ({@link org.headstart.nn.NetworkCheckpoint}) and started from what was learnt before ({@link org.headstart.nn.WarmStart}).
 */
package org.headstart.nn;
