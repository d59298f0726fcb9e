package org.headstart.examples.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.Artefact;
import org.headstart.api.strategy.Strategy;
import org.headstart.examples.wide.Wide;
import org.headstart.examples.wide.WideSettings;
import org.headstart.nn.NetworkBuilder;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;

class RehearsalTest extends StrategyContract<RehearsalSettings> {

	@Override
	protected Strategy<RehearsalSettings> strategy() {
		return new Rehearsal();
	}

	@Override
	protected List<RehearsalSettings> settings() {
		return List.of(new RehearsalSettings(false), new RehearsalSettings(true));
	}

	@Test
	void keepsHowFarWeightsMoved() throws IOException {
		Artefact.Table kept = (Artefact.Table) adapted(new RehearsalSettings(false)).kept().get("movement");
		assertEquals(List.of("network", "layer", "weights", "moved"), kept.columns());
		assertEquals(4, kept.rows().size());
	}

	@Test
	void movementIsTheRootMeanSquare() {
		Network network = NetworkBuilder.of(new Wide(), new WideSettings(3), BoxSpace.uniform(2, -1, 1))
				.trunk(new Trunk("policy", List.of(Head.policy(2, 1)))).build(new RandomStreams(1));
		Movement movement = new Movement(Map.of(NetworkDescription.ONLY, network));
		// a head of 2 actions on 3 units, of whose 8 weights the 6 of the matrix go by 2
		String head = network.parameterVertices().get(1);
		float[] matrix = network.parameter(head, "W");
		for (int i = 0; i < matrix.length; i++) {
			matrix[i] += i % 2 == 0 ? 2 : -2;
		}
		network.setParameter(head, "W", matrix);
		List<List<Object>> rows = movement.table(Map.of(NetworkDescription.ONLY, network)).rows();
		assertEquals(List.of(NetworkDescription.ONLY, network.parameterVertices().get(0), 9, 0.0), rows.get(0));
		assertEquals(List.of(NetworkDescription.ONLY, head, 8), rows.get(1).subList(0, 3));
		assertEquals(Math.sqrt(6 * 4 / 8.0), (double) rows.get(1).get(3), 1e-6);
	}
}
