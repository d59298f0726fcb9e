package org.headstart.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.nn.WarmStartReport.Entry;
import org.headstart.nn.WarmStartReport.Outcome;
import org.headstart.nn.internal.graph.HeadRoles;
import org.headstart.nn.internal.state.NetworkState;

/**
 * Loads chosen weights into a freshly built network. This is not a resume: the optimizer begins anew, and what became of
 * every tensor is reported.
 */
public final class WarmStart {

	private WarmStart() {}

	/**
	 * Applies rules to every tensor of an agent's only network.
	 *
	 * @param source as below
	 * @param target as below
	 * @param rules  as below
	 * @return what became of each tensor
	 */
	public static WarmStartReport apply(NetworkState source, Network target, List<WarmStartRule> rules) {
		return apply(NetworkDescription.ONLY, source, target, rules);
	}

	/**
	 * Applies rules to every tensor of a network. The first rule that matches a vertex decides about it. Nothing is changed when any
	 * tensor is at fault.
	 *
	 * @param name   the network's name among an agent's networks
	 * @param source where weights come from, for example {@link NetworkCheckpoint#state()} or {@link NetworkState#of}
	 * @param target the network; vertices that were frozen before stay frozen
	 * @param rules  the rules
	 * @return what became of each tensor
	 * @throws IllegalArgumentException when a vertex has no rule, or a tensor that is to be loaded is missing in the source or
	 *                                  has another shape there; the message names all of them and says what would be right
	 */
	public static WarmStartReport apply(String name, NetworkState source, Network target,
			List<WarmStartRule> rules) {
		List<Entry> entries = new ArrayList<>();
		List<String> faults = new ArrayList<>();
		Set<NetworkState.Tensor> used = new HashSet<>();
		Map<List<String>, float[]> sources = new HashMap<>();
		for (String vertex : target.parameterVertices()) {
			Optional<WarmStartRule> rule = rules.stream().filter(r -> r.matches(name, vertex, target::verticesLeadingTo)).findFirst();
			if (rule.isEmpty()) {
				faults.add("no rule says what to do with vertex '" + vertex + "'; the rules are for "
						+ rules.stream().map(r -> '\'' + r.part() + '\'').toList());
				continue;
			}
			for (String parameter : target.parameters(vertex)) {
				int[] shape = target.parameterShape(vertex, parameter);
				String there = rule.get().source(vertex);
				String renamed = there.equals(vertex) ? "" : "from " + there;
				Optional<NetworkState.Tensor> found = source.tensor(there, parameter);
				String fault = fault(source, found, vertex, parameter, shape);
				entries.add(switch (rule.get().action()) {
					case RESET -> new Entry(vertex, parameter, shape, Outcome.RESET, "the rule for '" + rule.get().part() + "' says so");
					case SKIP_MISMATCH -> fault.isEmpty() ? new Entry(vertex, parameter, shape, Outcome.LOADED, renamed)
							: new Entry(vertex, parameter, shape, Outcome.SKIPPED, fault);
					case LOAD -> new Entry(vertex, parameter, shape, Outcome.LOADED, renamed);
					case LOAD_AND_FREEZE -> new Entry(vertex, parameter, shape, Outcome.LOADED_AND_FROZEN, renamed);
				});
				if (rule.get().loads() && !fault.isEmpty()) {
					faults.add("cannot load " + vertex + ' ' + parameter + ' ' + Arrays.toString(shape)
							+ (renamed.isEmpty() ? "" : ' ' + renamed) + ": " + fault);
				}
				if (rule.get().action() != WarmStartRule.Action.RESET && fault.isEmpty()) {
					used.add(found.orElseThrow());
					sources.put(List.of(vertex, parameter), found.orElseThrow().values());
				}
			}
		}
		if (!faults.isEmpty()) {
			throw new IllegalArgumentException("the warm start does not fit: " + String.join("; ", faults)
					+ ". Change the rules (reset the part, or skip what does not match), or use the backbone and heads that the"
					+ " knowledge was learnt with.");
		}
		for (NetworkState.Tensor tensor : source.tensors()) {
			if (!used.contains(tensor)) {
				entries.add(new Entry(tensor.vertex(), tensor.parameter(), tensor.shape(), Outcome.UNUSED,
						"in the source, not taken"));
			}
		}
		load(sources, target, entries);
		return new WarmStartReport(entries);
	}

	/**
	 * What rules would load and cannot, known from two networks' definitions before either is made.
	 *
	 * @param name   the network's name among an agent's networks
	 * @param source the network that the weights are to come from
	 * @param target the network that they are to go into
	 * @param rules  the rules
	 * @return a text for each tensor that is missing in the source or has another shape there
	 */
	public static List<String> misfits(String name, NetworkBuilder source, NetworkBuilder target,
			List<WarmStartRule> rules) {
		Map<String, GraphVertex> sources = source.configuration().getVertices();
		HeadRoles roles = target.headRoles();
		List<String> misfits = new ArrayList<>();
		target.configuration().getVertices().forEach((vertex, made) -> {
			Optional<WarmStartRule> rule = rules.stream().filter(each -> each.matches(name, vertex, roles::leadingTo)).findFirst();
			String there = rule.map(each -> each.source(vertex)).orElse(vertex);
			String shape = shape(made);
			String found = sources.containsKey(there) ? shape(sources.get(there)) : "no such layer";
			if (rule.isPresent() && rule.get().loads() && !shape.isEmpty() && !shape.equals(found)) {
				misfits.add(vertex + ' ' + shape + ", where the source has " + (there.equals(vertex) ? "" : there + ' ') + found);
			}
		});
		return misfits;
	}

	/** @return the shape of a layer's weights; empty when it has none */
	private static String shape(GraphVertex vertex) {
		if (!(vertex instanceof LayerVertex layer) || vertex.numParams(false) == 0) {
			return "";
		}
		return switch (layer.getLayerConf().getLayer()) {
			case LSTM lstm -> "W [" + lstm.getNIn() + ", " + 4 * lstm.getNOut() + ']';
			case FeedForwardLayer dense -> "W [" + dense.getNIn() + ", " + dense.getNOut() + ']';
			default -> vertex.numParams(false) + " parameters";
		};
	}

	/** @return why a tensor cannot be loaded; empty if it can */
	private static String fault(NetworkState source, Optional<NetworkState.Tensor> found, String vertex, String parameter,
			int[] shape) {
		if (found.isEmpty()) {
			return "the source has no such tensor; it has "
					+ source.tensors().stream().map(NetworkState.Tensor::label).toList();
		}
		return Arrays.equals(found.get().shape(), shape) ? ""
				: "the source has shape " + Arrays.toString(found.get().shape()) + ", the network " + Arrays.toString(shape);
	}

	private static void load(Map<List<String>, float[]> sources, Network target, List<Entry> entries) {
		Set<String> frozen = new HashSet<>(target.frozenVertices());
		for (Entry entry : entries) {
			if (entry.outcome() == Outcome.LOADED || entry.outcome() == Outcome.LOADED_AND_FROZEN) {
				target.setParameter(entry.vertex(), entry.parameter(), values(sources, entry));
			}
			if (entry.outcome() == Outcome.LOADED_AND_FROZEN) {
				frozen.add(entry.vertex());
			}
		}
		target.freeze(frozen::contains);
		target.resetOptimizer();
		for (Entry entry : entries) {
			if (entry.outcome() == Outcome.LOADED || entry.outcome() == Outcome.LOADED_AND_FROZEN) {
				verify(sources, target, entry);
			}
		}
	}

	private static float[] values(Map<List<String>, float[]> sources, Entry entry) {
		return sources.get(List.of(entry.vertex(), entry.parameter()));
	}

	/** Reads back what was loaded: a network that reorders or shares tensors must not do so without a word. */
	private static void verify(Map<List<String>, float[]> sources, Network target, Entry entry) {
		if (!Arrays.equals(values(sources, entry), target.parameter(entry.vertex(), entry.parameter()))) {
			throw new IllegalStateException(
					"after the warm start " + entry.vertex() + ' ' + entry.parameter() + " is not what was loaded");
		}
		if (entry.outcome() == Outcome.LOADED_AND_FROZEN && !target.frozenVertices().contains(entry.vertex())) {
			throw new IllegalStateException("after the warm start " + entry.vertex() + " is not frozen");
		}
	}
}
