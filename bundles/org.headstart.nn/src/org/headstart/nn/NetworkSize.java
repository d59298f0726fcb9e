package org.headstart.nn;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Backbone.Extent;
import org.headstart.api.backbone.Layers;
import org.headstart.api.network.Head;
import org.headstart.api.network.NetworkDescription;
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
	 * The size of a network that a learner described. Builds the graph's definition only where the extent of its layers is not known
	 * without it.
	 *
	 * @param <S>      the backbone's settings
	 * @param backbone the backbone that its copies are of
	 * @param settings its settings
	 * @param network  the description
	 * @return the size
	 */
	public static <S extends Record> NetworkSize of(Backbone<S> backbone, S settings, NetworkDescription network) {
		network.read().ifPresent(observation -> backbone.check(observation, settings));
		Optional<Extent> copy = network.read().flatMap(observation -> backbone.extent(observation, settings));
		Map<String, Double> widths = new HashMap<>();
		network.read().ifPresent(observation -> widths.put(NetworkDescription.OBSERVATION, (double) observation.size()));
		network.others().forEach(input -> widths.put(input.name(), (double) input.size()));
		double parameters = 0;
		for (Trunk trunk : network.trunks()) {
			Extent extent;
			if (trunk.layers().isEmpty() && copy.isPresent()) {
				extent = copy.get();
			} else if (trunk.layers().isPresent() && trunk.layers().get() instanceof Layers.Dense dense) {
				extent = new Extent(0, trunk.reads().stream().mapToDouble(widths::get).sum()).dense(dense.widths());
			} else {
				return of(NetworkBuilder.of(backbone, settings, network).configuration());
			}
			parameters += extent.parameters();
			widths.put(trunk.name(), extent.features());
			for (Head head : trunk.heads()) {
				parameters += extent.dense(head.size()).parameters() - extent.parameters();
			}
		}
		return new NetworkSize(parameters);
	}

	/**
	 * @param other another network's size
	 * @return the size of both together
	 */
	public NetworkSize plus(NetworkSize other) {
		return new NetworkSize(parameters + other.parameters);
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
