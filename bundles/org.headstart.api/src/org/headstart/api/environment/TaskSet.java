package org.headstart.api.environment;

import java.util.function.Predicate;

/**
 * A named set of tasks of a family: a split ({@code train}, {@code validation}, {@code test}, …) or a single task.
 *
 * @param name        the name that experiment files use, unique in the family
 * @param description one line
 * @param role its purpose; sets of different roles are disjoint
 * @param sampler     draws a task
 * @param contains    whether a task (its parameters ω) belongs to the set; true for every task that {@code sampler} draws
 */
public record TaskSet(String name, String description, TaskRole role, TaskSampler sampler, Predicate<double[]> contains) {}
