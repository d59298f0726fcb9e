package org.headstart.examples.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.headstart.api.network.Network;
import org.headstart.api.strategy.Artefact;

/** Measures the distance by which training moves the weights of each layer, from their values at construction. */
final class Movement {

	private final Map<String, Network> start = new TreeMap<>();

	Movement(Map<String, Network> networks) {
		networks.forEach((name, network) -> start.put(name, network.copy()));
	}

	/** One row for each layer, with the root mean square of its weights' changes. */
	Artefact.Table table(Map<String, Network> networks) {
		List<List<Object>> rows = new ArrayList<>();
		start.forEach((name, before) -> {
			for (String layer : before.parameterVertices()) {
				double squares = 0;
				int count = 0;
				for (String parameter : before.parameters(layer)) {
					float[] from = before.parameter(layer, parameter);
					float[] to = networks.get(name).parameter(layer, parameter);
					for (int i = 0; i < from.length; i++) {
						squares += (to[i] - from[i]) * (to[i] - from[i]);
					}
					count += from.length;
				}
				rows.add(List.of(name, layer, count, Math.sqrt(squares / count)));
			}
		});
		return new Artefact.Table("movement", List.of("network", "layer", "weights", "moved"), rows);
	}
}
