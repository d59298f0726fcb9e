package org.headstart.engine.execution;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.catalog.Contribution;
import org.headstart.engine.experiment.Choice;
import org.headstart.engine.results.ResultsException;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.NetworkCheckpoint;
import org.headstart.nn.WarmStart;

/** Networks of org.headstart.nn. */
final class GraphNetworks implements Networks {

	@Override
	public Network build(Choice<Backbone<?>> backbone, BoxSpace observation, List<Trunk> trunks, Optimizer optimizer,
			RandomStreams streams) {
		return NetworkBuilder.of(named(backbone.contribution()), backbone.settings(), observation).trunks(trunks)
				.optimizer(optimizer).build(streams);
	}

	/** A backbone whose failures carry its contribution's name. */
	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	static Backbone<Record> named(Contribution<Backbone<?>> contribution) {
		return (graph, prefix, input, observation, settings) -> contribution.call("build",
				() -> ((Backbone<Record>) contribution.instance().get()).build(graph, prefix, input, observation, settings));
	}

	@Override
	public void save(Network network, Path folder) throws IOException {
		NetworkCheckpoint.write(network, folder);
	}

	@Override
	public List<String> warmStart(Network network, Path folder, List<WarmStartRule> rules) throws IOException {
		try {
			return WarmStart.apply(NetworkCheckpoint.read(folder).state(), network, rules).lines();
		} catch (NoSuchFileException e) {
			throw new ResultsException(e.getFile() + " is missing: the step that left it must be run again. Delete the folder "
					+ folder.getParent().getParent() + " and run the experiment again.", e);
		}
	}
}
