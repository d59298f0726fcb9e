package org.headstart.api.strategy;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.headstart.api.network.Head;

/**
 * What a warm start does with a part. A part is all vertices whose names begin with a text; it may be narrowed to one network and to
 * what only leads to heads of a role.
 *
 * @param part    vertices whose names begin with this, for example {@code "head/"}; empty for all
 * @param role    of those, the ones that lead to heads of this role only; empty for all
 * @param network of those, the ones in the network of this name; empty for all
 * @param from    what the names of the source's vertices begin with instead of the part; empty where they are the same
 * @param action  what to do
 */
public record WarmStartRule(String part, Optional<Head.Role> role, Optional<String> network, Optional<String> from, Action action) {

	/** What can be done with a part's tensors. */
	public enum Action {
		/** Take the source's values and train on. */
		LOAD,
		/** Take the source's values and keep them fixed. */
		LOAD_AND_FREEZE,
		/** Leave the fresh initialisation, on purpose. */
		RESET,
		/** Take the source's values where a tensor of the same name and shape exists; leave the others fresh. */
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
	 * @return this rule for what leads to heads of that role only, the heads themselves included
	 */
	public WarmStartRule leadingTo(Head.Role only) {
		return new WarmStartRule(part, Optional.of(only), network, from, action);
	}

	/**
	 * @param only the name of a network
	 * @return this rule for that network only
	 */
	public WarmStartRule in(String only) {
		return new WarmStartRule(part, role, Optional.of(only), from, action);
	}

	/**
	 * @param other what the names of the source's vertices begin with instead of the part
	 * @return this rule for tensors that have other names in the source
	 */
	public WarmStartRule from(String other) {
		return new WarmStartRule(part, role, network, Optional.of(other), action);
	}

	/**
	 * @param ofNetwork the name of a network
	 * @param vertex    one of its vertices
	 * @param leading   the network's vertices that lead to heads of a role only
	 * @return whether this rule is for the vertex
	 */
	public boolean matches(String ofNetwork, String vertex, Function<Head.Role, Set<String>> leading) {
		return vertex.startsWith(part) && (network.isEmpty() || network.get().equals(ofNetwork))
				&& (role.isEmpty() || leading.apply(role.get()).contains(vertex));
	}

	/**
	 * @param vertex a vertex that this rule is for
	 * @return what it is called in the source
	 */
	public String source(String vertex) {
		return from.isEmpty() ? vertex : from.get() + vertex.substring(part.length());
	}

	/** @return whether the source's values are taken, and must fit */
	public boolean loads() {
		return action == Action.LOAD || action == Action.LOAD_AND_FREEZE;
	}
}
