package org.headstart.api.backbone;

import java.util.List;
import java.util.Optional;

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
	 * Looks at an observation space before anything is built, so that a mismatch is found when an experiment is read. By default a
	 * backbone reads vectors.
	 *
	 * @param observation the observation space
	 * @param settings    the settings
	 * @throws IllegalArgumentException when this backbone cannot read such observations with these settings; the message says what it
	 *                                  reads
	 */
	default void check(BoxSpace observation, S settings) {
		if (observation.shape().size() != 1) {
			throw new IllegalArgumentException("the observation is " + observation.kind() + "; this backbone reads vectors");
		}
	}

	/**
	 * Adds this backbone's vertices to a graph.
	 *
	 * @param graph       the graph under construction; every layer needs its {@code nIn} set
	 * @param prefix      every vertex name must begin with it, for example {@code "backbone/policy/"}
	 * @param input       the vertex to read from; rows of {@code observation.size()} floats, but sequences [sequences, floats, steps],
	 *                    as DL4J's recurrent layers read them, where this backbone adds such a layer, and images [rows, channels, height,
	 *                    width], as its convolutions read them, where the observation's shape says so
	 * @param observation the observation space; {@link #check} has let it pass
	 * @param settings    the settings
	 * @return the vertex that holds the features; rows in any case (a {@code PreprocessorVertex} makes rows of sequences)
	 */
	Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, S settings);

	/**
	 * The same layers from the lowest to the highest, so that something else may stand between them, such as what another column of a
	 * network computes. Put one on the other, with the prefix and the input that {@link #build} is given, they are what it builds. All
	 * but the lowest give rows and read rows of whatever size.
	 *
	 * @param observation the observation space, which the lowest reads
	 * @param settings    the settings
	 * @return the stages; unless the backbone says otherwise it is one
	 */
	default List<Layers> stages(BoxSpace observation, S settings) {
		return List.of((graph, prefix, below) -> build(graph, prefix, below.vertex(), observation, settings));
	}

	/**
	 * How large that is what {@link #build} adds, found without building it, so that a network that no memory holds is known when an
	 * experiment is read.
	 *
	 * @param observation the observation space
	 * @param settings    the settings
	 * @return the extent; empty when this backbone does not say it: then a graph is built to be counted, which takes longer
	 */
	default Optional<Extent> extent(BoxSpace observation, S settings) {
		return Optional.empty();
	}

	/**
	 * How large a stack of layers is.
	 *
	 * @param parameters how many weights and biases it has; a double, since a product of sizes may be more than a long holds
	 * @param features   floats a row on top of it
	 */
	record Extent(double parameters, double features) {

		/**
		 * @param observation what is read
		 * @return nothing but an input
		 */
		public static Extent of(BoxSpace observation) {
			return new Extent(0, observation.size());
		}

		/**
		 * @param width units of a dense layer with biases
		 * @return this with the layer on top
		 */
		public Extent dense(double width) {
			return new Extent(parameters + (features + 1) * width, width);
		}

		/**
		 * @param widths units of each of several dense layers with biases
		 * @return this with the layers on top, one on the other
		 */
		public Extent dense(List<Integer> widths) {
			Extent top = this;
			for (int width : widths) {
				top = top.dense(width);
			}
			return top;
		}

		/**
		 * @param units units of a layer of long short-term memory
		 * @return this with the layer on top
		 */
		public Extent lstm(double units) {
			return new Extent(parameters + 4 * units * (features + units + 1), units);
		}
	}

	/**
	 * The vertex that heads are put on.
	 *
	 * @param vertex its name
	 * @param size   floats a row
	 */
	record Features(String vertex, int size) {}
}
