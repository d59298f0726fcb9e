/** The plan of an experiment: its steps, their keys, and what they cost. */
package org.headstart.engine.internal.plan;
