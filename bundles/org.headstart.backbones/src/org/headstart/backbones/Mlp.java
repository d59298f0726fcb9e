package org.headstart.backbones;

import java.util.List;
import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.BoxSpace;

/**
 * A multilayer perceptron: stacked dense layers {@code hidden-1}, {@code hidden-2}, … Without hidden layers the features are
 * the observation.
 */
public final class Mlp implements Backbone<MlpSettings> {

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, MlpSettings settings) {
		return Stacks.dense(graph, prefix + "hidden-", new Features(input, observation.size()), settings.hidden(),
				settings.activation());
	}

	/** {@inheritDoc} One for each hidden layer. */
	@Override
	public List<Layers> stages(BoxSpace observation, MlpSettings settings) {
		return Stacks.stages("hidden-", settings.hidden(), settings.activation());
	}

	@Override
	public Optional<Extent> extent(BoxSpace observation, MlpSettings settings) {
		return Optional.of(Extent.of(observation).dense(settings.hidden()));
	}
}
