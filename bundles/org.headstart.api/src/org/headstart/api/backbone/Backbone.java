package org.headstart.api.backbone;

import java.util.List;
import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.headstart.api.environment.BoxSpace;

/**
 * Turns observations into features. The contribution to the extension point {@code org.headstart.api.backbones}.
 *
 * <p>A backbone adds layers and vertices to a DL4J graph. The caller adds the heads and chooses the optimizer and the
 * initialisation streams. Stateless and thread-safe: one instance serves all runs.
 *
 * @param <S> its settings record
 */
public interface Backbone<S extends Record> {

	/**
	 * Checks an observation space before a network is built, so that a mismatch is reported when the experiment is read. By
	 * default a backbone reads vectors.
	 *
	 * @param observation the observation space
	 * @param settings    the settings
	 * @throws IllegalArgumentException when this backbone cannot read such observations with these settings; the message
	 *                                  says which observations it can read
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
	 * @param input       the vertex to read from. It gives rows of {@code observation.size()} floats; sequences [sequences,
	 *                    floats, steps], the layout of DL4J's recurrent layers, if this backbone adds such a layer; images
	 *                    [rows, channels, height, width], the layout of DL4J's convolutions, if the observation has the
	 *                    shape of an image
	 * @param observation the observation space; {@link #check} has let it pass
	 * @param settings    the settings
	 * @return the vertex that holds the features; always rows (a {@code PreprocessorVertex} turns sequences into rows)
	 */
	Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, S settings);

	/**
	 * The layers of {@link #build} as stages from the lowest to the highest. An architecture may insert vertices between two
	 * stages, for example the outputs of another column. The stages stacked on each other, with the prefix and the input of
	 * {@link #build}, give the same vertices as {@link #build}. Every stage gives rows; every stage but the lowest reads
	 * rows of any size.
	 *
	 * @param observation the observation space, read by the lowest stage
	 * @param settings    the settings
	 * @return the stages; by default one
	 */
	default List<Layers> stages(BoxSpace observation, S settings) {
		return List.of((graph, prefix, below) -> build(graph, prefix, below.vertex(), observation, settings));
	}

	/**
	 * The extent of the layers that {@link #build} adds, computed without building them, so that a network too large for
	 * memory is refused when the experiment is read.
	 *
	 * @param observation the observation space
	 * @param settings    the settings
	 * @return the extent; empty when this backbone does not compute it: then a graph is built and counted, which takes
	 *         longer
	 */
	default Optional<Extent> extent(BoxSpace observation, S settings) {
		return Optional.empty();
	}

	/**
	 * A backbone that adds the same layers whatever its settings. For code that describes a network without seeing DL4J.
	 *
	 * @param <S>    the settings record
	 * @param layers the layers; they read the observation's rows
	 * @return the backbone
	 */
	static <S extends Record> Backbone<S> of(Layers layers) {
		return (graph, prefix, input, observation, settings) -> layers.build(graph, prefix, new Features(input, observation.size()));
	}

	/**
	 * The size of a stack of layers.
	 *
	 * @param parameters number of weights and biases; a double, since a product of sizes may exceed a long
	 * @param features   floats in a row of its output
	 */
	record Extent(double parameters, double features) {

		/**
		 * @param observation the observation space that the stack reads
		 * @return the extent of an input without layers
		 */
		public static Extent of(BoxSpace observation) {
			return new Extent(0, observation.size());
		}

		/**
		 * @param width units of a dense layer with biases
		 * @return this extent with the layer on top
		 */
		public Extent dense(double width) {
			return new Extent(parameters + (features + 1) * width, width);
		}

		/**
		 * @param widths units of several dense layers with biases, from the lowest to the highest
		 * @return this extent with the layers on top
		 */
		public Extent dense(List<Integer> widths) {
			Extent top = this;
			for (int width : widths) {
				top = top.dense(width);
			}
			return top;
		}

		/**
		 * @param units units of an LSTM layer
		 * @return this extent with the layer on top
		 */
		public Extent lstm(double units) {
			return new Extent(parameters + 4 * units * (features + units + 1), units);
		}
	}

	/**
	 * The vertex on which heads stand.
	 *
	 * @param vertex its name
	 * @param size   floats a row
	 */
	record Features(String vertex, int size) {}
}
