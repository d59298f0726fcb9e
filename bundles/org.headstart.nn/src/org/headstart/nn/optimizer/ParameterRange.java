package org.headstart.nn.optimizer;

/**
 * A range of flat arrays of parameters that is trained at one rate.
 *
 * @param from   first element
 * @param to     end, exclusive
 * @param factor what to multiply the learning rate by
 */
public record ParameterRange(int from, int to, float factor) {}
