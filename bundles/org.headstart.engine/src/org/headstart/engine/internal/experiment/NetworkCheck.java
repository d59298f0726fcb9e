package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.EnvironmentDescription;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.execution.Executor;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.strategy.Training.OwnLearner;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.experiment.BudgetCheck.Learning;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.NetworkSize;
import org.headstart.nn.WarmStart;

/** Whether the networks that the arms' agents need fit into the memory that a step has. */
final class NetworkCheck {

	private static final String STEP = "a step (executor.memory)";
	/** While it is made, a network takes up to twice its own size. */
	private static final double TIGHT = 0.5;

	private record Needed(List<NetworkDescription> networks, Optional<Architecture> architecture) {

		Needed plain() {
			return new Needed(networks, Optional.empty());
		}

		boolean sameShape(Needed other) {
			if (networks.size() != other.networks.size() || !architecture.equals(other.architecture)) {
				return false;
			}
			for (int i = 0; i < networks.size(); i++) {
				NetworkDescription one = networks.get(i);
				NetworkDescription two = other.networks.get(i);
				if (!one.name().equals(two.name())
						|| !one.observation().map(ObservationPart::shape).equals(two.observation().map(ObservationPart::shape))
						|| !one.others().equals(two.others()) || !one.trunks().equals(two.trunks())) {
					return false;
				}
			}
			return true;
		}
	}

	private final Findings found;
	private final Catalog catalog;
	private final OptionalLong memory;
	/** Networks that were looked at, by their backbones. */
	private final Map<Choice<Backbone<?>>, Set<Needed>> seen = new HashMap<>();

	NetworkCheck(Findings found, Catalog catalog, Optional<Choice<Executor<?>>> executor) {
		this.found = found;
		this.catalog = catalog;
		memory = executor.flatMap(choice -> found.guarded(List.of("executor"), choice.contribution(), "memory",
				() -> memory(choice.contribution().instance().get(), choice.settings()))).orElse(OptionalLong.empty());
	}

	/** All networks of the arms on tasks of a family. */
	void check(List<Learning> arms, TaskFamily family) {
		for (Learning arm : arms) {
			Optional<Needed> needed = needed(arm, family);
			if (needed.isPresent() && arm.backbone().isPresent()
					&& seen.computeIfAbsent(arm.backbone().get(), key -> new HashSet<>()).add(needed.get())) {
				check(arm.backbone().get(), arm.at(), needed.get());
			}
		}
	}

	/**
	 * What an arm that adapts to a target cannot take over from what it learned on the sources.
	 *
	 * @param acquisition how it learns on the sources
	 * @param source      their family
	 * @param adaptation  how it learns on the target
	 * @param target      the target's family
	 * @param rules       what it takes over
	 * @return each tensor that does not fit; empty also where it cannot be known
	 */
	List<String> misfits(Learning acquisition, TaskFamily source, Learning adaptation, TaskFamily target,
			List<WarmStartRule> rules) {
		Optional<Needed> from = needed(acquisition, source).map(Needed::plain);
		Optional<Needed> into = needed(adaptation, target);
		if (from.isEmpty() || into.isEmpty() || adaptation.backbone().isEmpty()
				|| rules.stream().allMatch(rule -> rule.from().isEmpty()) && from.get().sameShape(into.get())) {
			return List.of();
		}
		Choice<Backbone<?>> choice = adaptation.backbone().get();
		List<String> misfits = new ArrayList<>();
		for (NetworkDescription network : into.get().networks()) {
			String prefix = network.name().equals(NetworkDescription.ONLY) ? "" : network.name() + ": ";
			Optional<NetworkDescription> learned = from.get().networks().stream().filter(each -> each.name().equals(network.name()))
					.findFirst();
			if (learned.isEmpty()) {
				misfits.add(prefix + "the source has no network of this name");
				continue;
			}
			found.guarded(adaptation.at(), choice.contribution(), "build",
					() -> WarmStart.misfits(network.name(),
							builder(choice.contribution().instance().get(), choice.settings(), learned.get(), Optional.empty()),
							builder(choice.contribution().instance().get(), choice.settings(), network, into.get().architecture()),
							rules))
					.orElse(List.of()).forEach(misfit -> misfits.add(prefix + misfit));
		}
		return misfits;
	}

	private Optional<Needed> needed(Learning arm, TaskFamily family) {
		return found.guarded(List.of("strategies", arm.index()), arm.training().by(), "networks",
				() -> needed(arm.training().using(), arm.training(), family.environment()));
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static <S extends Record> NetworkBuilder builder(Backbone<S> backbone, Record settings, NetworkDescription network,
			Optional<Architecture> architecture) {
		NetworkBuilder builder = NetworkBuilder.of(backbone, (S) settings, network);
		architecture.ifPresent(builder::architecture);
		return builder;
	}

	private void check(Choice<Backbone<?>> choice, List<Object> at, Needed needed) {
		if (needed.architecture().isEmpty() && !read(choice, at, needed)) {
			return;
		}
		Optional<NetworkSize> size = found.guarded(at, choice.contribution(), "build",
				() -> size(choice.contribution().instance().get(), choice.settings(), needed));
		if (size.isEmpty()) {
			return;
		}
		double available = memory.isPresent() ? memory.getAsLong() : Double.POSITIVE_INFINITY;
		Optional<String> refusal = size.get().refusal(available, STEP);
		if (refusal.isPresent()) {
			found.problem(at, refusal.get());
		} else if (size.get().bytes() > TIGHT * available) {
			found.warning(at, size.get().demand(available, STEP)
					+ ", which may be too little: what is learned from, checkpoints and the making of the network take room too");
		}
	}

	/** Whether the backbone reads what it is to; if not, that is a problem that names those that do. */
	private boolean read(Choice<Backbone<?>> choice, List<Object> at, Needed needed) {
		for (NetworkDescription network : needed.networks()) {
			if (network.read().isPresent()) {
				BoxSpace observation = network.read().get();
				try {
					check(choice.contribution(), choice.settings(), observation);
				} catch (RefusedException e) {
					List<String> others = catalog.backbones().values().stream().filter(other -> reads(other, observation))
							.map(other -> '\'' + other.id() + '\'').toList();
					found.problem(at, e.getMessage()
							+ (others.isEmpty() ? "; no backbone here reads it" : "; it is read by " + String.join(", ", others)));
					return false;
				} catch (BrokenContributionException e) {
					found.problem(at, e.getMessage());
					return false;
				}
			}
		}
		return true;
	}

	/** With its own defaults. */
	private boolean reads(Contribution<Backbone<?>> other, BoxSpace observation) {
		try {
			Record settings = other.schema().bind(Map.of(), List.of(), catalog).settings();
			if (settings == null) {
				return false;
			}
			check(other, settings, observation);
			return true;
		} catch (BrokenContributionException | RefusedException e) {
			return false;
		}
	}

	@SuppressWarnings("unchecked") // the contribution's own settings record
	private static void check(Contribution<Backbone<?>> contribution, Record settings, BoxSpace observation) {
		contribution.call("check", () -> {
			((Backbone<Record>) contribution.instance().get()).check(observation, settings);
			return true;
		});
	}

	private static <S extends Record> Needed needed(OwnLearner<S> using, ArmTraining training, EnvironmentDescription environment) {
		ObservationSpace observation = training.training().view().training().observationSpace(environment);
		return new Needed(List.copyOf(using.learner().networks(using.settings(), observation, environment.actionSpace())),
				training.training().architecture());
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static <S extends Record> NetworkSize size(Backbone<S> backbone, Record settings, Needed needed) {
		return needed.networks().stream()
				.map(network -> needed.architecture().isEmpty() ? NetworkSize.of(backbone, (S) settings, network)
						: NetworkSize.of(builder(backbone, settings, network, needed.architecture()).configuration()))
				.reduce(new NetworkSize(0), NetworkSize::plus);
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static <S extends Record> OptionalLong memory(Executor<S> executor, Record settings) {
		return executor.memory((S) settings);
	}
}
