package org.headstart.api.strategy;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.headstart.api.network.Head;

/**
 * The action of a warm start on a part. A part is the set of all vertices whose names begin with a text; it may be
 * restricted to one network, and to vertices that lead only to heads of one role.
 *
 * @param part    prefix of the vertices' names, for example {@code "head/"}; empty for all
 * @param role    restricts the part to vertices that lead only to heads of this role; empty for all
 * @param network restricts the part to the network of this name; empty for all
 * @param from    prefix of the names in the source, in place of {@code part}; empty if the names are the same
 * @param action  the action
 */
public record WarmStartRule(String part, Optional<Head.Role> role, Optional<String> network, Optional<String> from, Action action) {

	/** The actions on a part's tensors. */
	public enum Action {
		/** Take the source's values and train on. */
		LOAD,
		/** Take the source's values and keep them fixed. */
		LOAD_AND_FREEZE,
		/** Keep the fresh initialisation, intentionally. */
		RESET,
		/** Take the source's values for tensors of the same name and shape; keep the fresh initialisation of the others. */
		SKIP_MISMATCH
	}

	/**
	 * A rule for a part of all networks.
	 *
	 * @param part   vertices whose names begin with this; empty for all
	 * @param action what to do
	 */
	public WarmStartRule(String part, Action action) {
		this(part, Optional.empty(), Optional.empty(), Optional.empty(), action);
	}

	/**
	 * @param only a role
	 * @return this rule, restricted to vertices that lead only to heads of that role, and to these heads
	 */
	public WarmStartRule leadingTo(Head.Role only) {
		return new WarmStartRule(part, Optional.of(only), network, from, action);
	}

	/**
	 * @param only the name of a network
	 * @return this rule, restricted to that network
	 */
	public WarmStartRule in(String only) {
		return new WarmStartRule(part, role, Optional.of(only), from, action);
	}

	/**
	 * @param other prefix of the names in the source, in place of the part
	 * @return this rule for tensors that have other names in the source
	 */
	public WarmStartRule from(String other) {
		return new WarmStartRule(part, role, network, Optional.of(other), action);
	}

	/**
	 * @param ofNetwork the name of a network
	 * @param vertex    one of its vertices
	 * @param leading   gives the network's vertices that lead only to heads of a role
	 * @return whether this rule applies to the vertex
	 */
	public boolean matches(String ofNetwork, String vertex, Function<Head.Role, Set<String>> leading) {
		return vertex.startsWith(part) && (network.isEmpty() || network.get().equals(ofNetwork))
				&& (role.isEmpty() || leading.apply(role.get()).contains(vertex));
	}

	/**
	 * @param vertex a vertex to which this rule applies
	 * @return its name in the source
	 */
	public String source(String vertex) {
		return from.isEmpty() ? vertex : from.get() + vertex.substring(part.length());
	}

	/** @return whether the source's values must be taken and must fit */
	public boolean loads() {
		return action == Action.LOAD || action == Action.LOAD_AND_FREEZE;
	}
}
