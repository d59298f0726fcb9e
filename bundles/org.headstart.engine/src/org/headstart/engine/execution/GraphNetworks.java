package org.headstart.engine.execution;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
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
	public Map<String, Network> build(Choice<Backbone<?>> backbone, List<NetworkDescription> networks, RandomStreams streams) {
		return NetworkBuilder.build(named(backbone.contribution()), backbone.settings(), networks, streams);
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
	public List<String> warmStart(String name, Network network, Path folder, List<WarmStartRule> rules) throws IOException {
		try {
			return WarmStart.apply(name, NetworkCheckpoint.read(folder).state(), network, rules).lines();
		} catch (NoSuchFileException e) {
			throw new ResultsException(e.getFile() + " is missing: the step that left it must be run again. Delete the folder "
					+ folder.getParent().getParent() + " and run the experiment again.", e);
		}
	}
}
