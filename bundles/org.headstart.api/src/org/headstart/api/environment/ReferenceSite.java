package org.headstart.api.environment;

import org.headstart.api.random.RandomStreams;

/**
 * The information that a reference algorithm may use.
 *
 * @param family    the family
 * @param view      the view of the lanes: it shows the history, and ω if {@code seesTask}
 * @param parameter the parameter's value
 * @param tasks     reads the tasks of the lanes, after they have begun. It is hindsight, granted to the family's own
 *                  algorithms alone
 * @param streams   the root of its randomness
 */
public record ReferenceSite(TaskFamily family, View view, double parameter, TaskReader tasks, RandomStreams streams) {}
