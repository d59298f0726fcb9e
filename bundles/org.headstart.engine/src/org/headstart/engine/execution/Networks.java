package org.headstart.engine.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.experiment.Choice;

/** Where a step's networks come from and go to: org.headstart.nn, see {@link GraphNetworks}; a test may have its own. */
interface Networks {

	/** Builds a freshly initialised network; equal arguments give equal networks. */
	Network build(Choice<Backbone<?>> backbone, BoxSpace observation, List<Trunk> trunks, Optimizer optimizer,
			RandomStreams streams);

	/** Writes a network into a folder that is there and empty; equal networks give equal bytes. */
	void save(Network network, Path folder) throws IOException;

	/**
	 * Loads tensors from a folder that {@link #save} wrote into a freshly made network.
	 *
	 * @return one line for each tensor: what became of it
	 * @throws IOException              when the folder cannot be read
	 * @throws IllegalArgumentException when a tensor that is to be loaded is missing or has another shape
	 */
	List<String> warmStart(Network network, Path folder, List<WarmStartRule> rules) throws IOException;
}
