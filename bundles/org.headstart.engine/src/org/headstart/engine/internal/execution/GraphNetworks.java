package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.NetworkCheckpoint;
import org.headstart.nn.WarmStart;
import org.headstart.nn.internal.backbone.GuardedBackbone;

/** Networks of org.headstart.nn. */
final class GraphNetworks implements Networks {

	@Override
	public Map<String, Network> build(Choice<Backbone<?>> backbone, List<NetworkDescription> networks,
			Optional<Architecture> architecture, RandomStreams streams) {
		return NetworkBuilder.build(named(backbone.contribution()), backbone.settings(), networks, architecture, streams);
	}

	/** A backbone whose failures carry its contribution's name. */
	static Backbone<Record> named(Contribution<Backbone<?>> contribution) {
		return new GuardedBackbone(() -> instance(contribution), new GuardedBackbone.Guard() {

			@Override
			public <R> R call(String method, Supplier<R> call) {
				return contribution.call(method, call::get);
			}
		});
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static Backbone<Record> instance(Contribution<Backbone<?>> contribution) {
		return (Backbone<Record>) contribution.instance().get();
	}

	@Override
	public void save(Network network, Path folder) throws IOException {
		NetworkCheckpoint.write(network, folder);
	}

	@Override
	public Network open(Path folder, List<Input> inputs, List<Head> heads) throws IOException {
		try {
			NetworkBuilder builder = NetworkBuilder.of(folder, inputs);
			heads.forEach(head -> builder.role(head.name(), head.role()));
			Network network = builder.build(new RandomStreams(0));
			if (!network.heads().equals(heads.stream().map(Head::name).toList())) {
				throw new ResultsException(folder + " holds a network with the heads " + network.heads() + ", not those of the agent");
			}
			return network;
		} catch (IllegalArgumentException e) {
			throw new ResultsException("the network in " + folder + " is not the agent's: " + e.getMessage(), e);
		} catch (NoSuchFileException e) {
			throw new ResultsException(e.getFile() + " is missing: the step that left it must be run again", e);
		}
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
