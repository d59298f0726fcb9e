package org.headstart.backbones;

import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;

/**
 * A recurrent network: LSTM layers {@code lstm-1}, {@code lstm-2}, … (Hochreiter and Schmidhuber 1997, with the forget gates
 * of Gers, Schmidhuber and Cummins 2000) between optional dense layers {@code hidden-1}, … below and {@code after-1}, …
 * above. It reads sequences, as DL4J's recurrent layers do; its features are rows.
 */
public final class Lstm implements Backbone<LstmSettings> {

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, LstmSettings settings) {
		Features below = new Features(input, observation.size());
		if (!settings.hidden().isEmpty()) {
			Features rows = Stacks.rows(graph, prefix + "rows", below);
			below = Stacks.sequences(graph, prefix + "sequences",
					Stacks.dense(graph, prefix + "hidden-", rows, settings.hidden(), settings.activation()));
		}
		Features features = Stacks.rows(graph, prefix + "features", Stacks.lstm(graph, prefix + "lstm-", below, settings));
		return Stacks.dense(graph, prefix + "after-", features, settings.hiddenAfter(), settings.activation());
	}

	@Override
	public Optional<Extent> extent(BoxSpace observation, LstmSettings settings) {
		Extent extent = Extent.of(observation).dense(settings.hidden());
		for (int layer = 1; layer <= settings.layers(); layer++) {
			extent = extent.lstm(settings.units());
		}
		return Optional.of(extent.dense(settings.hiddenAfter()));
	}
}
