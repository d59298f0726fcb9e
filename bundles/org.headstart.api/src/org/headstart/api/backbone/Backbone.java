package org.headstart.api.backbone;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.headstart.api.environment.BoxSpace;

/**
 * Turns an observation space into features: what the extension point {@code org.headstart.api.backbones} contributes.
 *
 * <p>A backbone speaks DL4J's graph language. It adds layers and vertices; heads, optimizer and initialisation streams are
 * the caller's. Stateless and thread-safe: one instance serves all runs.
 *
 * @param <S> its settings record
 */
public interface Backbone<S extends Record> {

	/**
	 * Adds this backbone's vertices to a graph.
	 *
	 * @param graph       the graph under construction; every layer needs its {@code nIn} set
	 * @param prefix      every vertex name must begin with it, for example {@code "backbone/policy/"}
	 * @param input       the vertex to read from; rows of {@code observation.size()} floats, but sequences [sequences, floats, steps],
	 *                    as DL4J's recurrent layers read them, where this backbone adds such a layer
	 * @param observation the observation space
	 * @param settings    the settings
	 * @return the vertex that holds the features; rows in any case (a {@code PreprocessorVertex} makes rows of sequences)
	 * @throws IllegalArgumentException when this backbone cannot read such observations; the message says why
	 */
	Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, S settings);

	/**
	 * The vertex that heads are put on.
	 *
	 * @param vertex its name
	 * @param size   floats a row
	 */
	record Features(String vertex, int size) {
	}
}
