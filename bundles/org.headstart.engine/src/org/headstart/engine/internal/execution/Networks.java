package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.experiment.Choice;

/** Makes, saves and loads a step's networks: by org.headstart.nn, see {@link GraphNetworks}, or by a test's own code. */
interface Networks {

	/** Builds an agent's freshly initialised networks, by name and in order; equal arguments give equal networks. */
	Map<String, Network> build(Choice<Backbone<?>> backbone, List<NetworkDescription> networks, Optional<Architecture> architecture,
			RandomStreams streams);

	/** Writes a network into a folder that is there and empty; equal networks give equal bytes. */
	void save(Network network, Path folder) throws IOException;

	/**
	 * Builds a network of the graph that lies in a folder that {@link #save} wrote; its weights are yet to be loaded.
	 *
	 * @param inputs its inputs, in order
	 * @param heads  its heads, in order
	 * @throws IOException when the folder cannot be read, or holds another graph
	 */
	Network open(Path folder, List<Input> inputs, List<Head> heads) throws IOException;

	/**
	 * Loads tensors from a folder that {@link #save} wrote into a freshly made network.
	 *
	 * @param name the network's name among the agent's
	 * @return one line for each tensor: what became of it
	 * @throws IOException              when the folder cannot be read
	 * @throws IllegalArgumentException when a tensor that is to be loaded is missing or has another shape
	 */
	List<String> warmStart(String name, Network network, Path folder, List<WarmStartRule> rules) throws IOException;
}
