package org.headstart.nn;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Backbone.Extent;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Head;
import org.headstart.api.network.Trunk;

/**
 * How large a network is, known before a byte of it is allocated.
 *
 * @param parameters how many weights and biases; a double, since a product of sizes may be more than a long holds
 */
public record NetworkSize(double parameters) {

	/** All parameters lie in one array. */
	public static final double MOST_PARAMETERS = Integer.MAX_VALUE - 8;

	/** A parameter is a float, and so are its gradient and the two moments of Adam. */
	private static final int BYTES_A_PARAMETER = 4 * Float.BYTES;

	/**
	 * The size of a backbone's network. Builds the graph's definition only where the backbone does not say its extent.
	 *
	 * @param <S>         the backbone's settings
	 * @param backbone    the backbone; each trunk gets a copy of it
	 * @param settings    its settings
	 * @param observation what it reads
	 * @param trunks      the trunks
	 * @return the size
	 */
	public static <S extends Record> NetworkSize of(Backbone<S> backbone, S settings, BoxSpace observation,
			List<Trunk> trunks) {
		Optional<Extent> extent = backbone.extent(observation, settings);
		if (extent.isEmpty()) {
			return of(NetworkBuilder.of(backbone, settings, observation).trunks(trunks).configuration());
		}
		double parameters = 0;
		for (Trunk trunk : trunks) {
			parameters += extent.get().parameters();
			for (Head head : trunk.heads()) {
				parameters += extent.get().dense(head.size()).parameters() - extent.get().parameters();
			}
		}
		return new NetworkSize(parameters);
	}

	/**
	 * The size of a graph.
	 *
	 * @param graph its definition
	 * @return the size
	 */
	public static NetworkSize of(ComputationGraphConfiguration graph) {
		double parameters = 0;
		for (GraphVertex vertex : graph.getVertices().values()) {
			parameters += vertex instanceof LayerVertex layer ? switch (layer.getLayerConf().getLayer()) {
				// DL4J multiplies longs, which the recurrent weights of two billion units are too many for
				case LSTM lstm -> new Extent(0, lstm.getNIn()).lstm(lstm.getNOut()).parameters();
				case DenseLayer dense when dense.hasBias() -> new Extent(0, dense.getNIn()).dense(dense.getNOut()).parameters();
				default -> vertex.numParams(false);
			} : vertex.numParams(false);
		}
		return new NetworkSize(parameters);
	}

	/** @return the least bytes that training takes: parameters, gradients and the optimizer's moments */
	public double bytes() {
		return parameters * BYTES_A_PARAMETER;
	}

	/**
	 * Why such a network cannot be.
	 *
	 * @param memory bytes that there are to train it
	 * @param whose  who has these bytes, for people
	 * @return what is too large; empty when nothing is known to be
	 */
	public Optional<String> refusal(double memory, String whose) {
		if (parameters > MOST_PARAMETERS) {
			return Optional.of("the network has " + count() + " parameters; at most " + number(MOST_PARAMETERS) + " are possible");
		}
		if (bytes() > memory) {
			return Optional.of(demand(memory, whose));
		}
		return Optional.empty();
	}

	/**
	 * What the network takes and what there is, in words.
	 *
	 * @param memory bytes that there are to train it
	 * @param whose  who has these bytes, for people
	 * @return the sentence
	 */
	public String demand(double memory, String whose) {
		return "the network has " + count() + " parameters, which take " + mebibytes(bytes())
				+ " with their gradients and the optimizer's moments; " + whose + " has " + mebibytes(memory);
	}

	private String count() {
		return parameters < 0x1p53 ? number(parameters) : String.format(Locale.ROOT, "%.2g", parameters);
	}

	private static String number(double whole) {
		return String.format(Locale.ROOT, "%,.0f", whole);
	}

	private static String mebibytes(double bytes) {
		return String.format(Locale.ROOT, "%,.0f MiB", bytes / (1 << 20));
	}
}
