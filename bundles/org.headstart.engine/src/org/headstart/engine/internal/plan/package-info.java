/**
 * The plan of an experiment: its steps, their keys and their costs.
 *
 * <p>The planner turns an experiment into steps; a step's key is a hash of everything that determines its outcome. A change
 * here that changes an identity's text makes all results stale. Internal to the bundles that the manifest names. Plans are
 * immutable.
 */
package org.headstart.engine.internal.plan;
