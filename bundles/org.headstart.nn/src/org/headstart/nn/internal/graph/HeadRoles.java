package org.headstart.nn.internal.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.headstart.api.network.Head;
import org.headstart.api.network.Head.Role;

/** Which vertices of a graph lead to heads of which roles. */
public final class HeadRoles {

	private final Map<Role, Set<String>> vertices = new EnumMap<>(Role.class);

	/**
	 * Follows a graph from its outputs back.
	 *
	 * @param configuration the graph
	 * @param roles         roles of outputs, by vertex; others are auxiliary
	 */
	public HeadRoles(ComputationGraphConfiguration configuration, Map<String, Role> roles) {
		Map<String, Set<Role>> reached = new HashMap<>();
		for (String output : configuration.getNetworkOutputs()) {
			reached.computeIfAbsent(output, name -> new LinkedHashSet<>()).add(roles.getOrDefault(output, Role.AUXILIARY));
		}
		List<String> order = new ArrayList<>(KnownGraph.computationOrder(configuration));
		Collections.reverse(order);
		for (String vertex : order) {
			Set<Role> here = reached.getOrDefault(vertex, Set.of());
			for (String input : configuration.getVertexInputs().get(vertex)) {
				reached.computeIfAbsent(input, name -> new LinkedHashSet<>()).addAll(here);
			}
		}
		for (Role role : Role.values()) {
			Set<String> only = new LinkedHashSet<>();
			for (String vertex : configuration.getVertices().keySet()) {
				if (Set.of(role).equals(reached.get(vertex))) {
					only.add(vertex);
				}
			}
			vertices.put(role, Collections.unmodifiableSet(only));
		}
	}

	/**
	 * @param role a role
	 * @return the vertices that lead to heads of that role and to no others, as {@link org.headstart.api.network.Network#verticesLeadingTo}
	 *         but with those without parameters too
	 */
	public Set<String> leadingTo(Head.Role role) {
		return vertices.get(role);
	}
}
