package org.headstart.engine.internal.experiment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.AppliedLoss;
import org.headstart.api.loss.Loss;
import org.headstart.api.loss.LossSite;
import org.headstart.api.loss.WeightedLoss;
import org.headstart.api.loss.Windows;
import org.headstart.api.network.Head;
import org.headstart.api.network.Head.Role;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Trunk;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Experiment.LossUse;

/**
 * The experiment's learner with the experiment's losses: its network has the losses' heads, its agents' sites have the losses.
 *
 * @param <S>     the learner's settings record
 * @param learner the learner
 * @param losses  the losses, in order
 */
public record LearnerWithLosses<S extends Record>(Learner<S> learner, List<LossUse> losses) implements Learner<S> {

	/**
	 * A choice of a learner, with losses if there are any.
	 *
	 * @param choice the learner
	 * @param losses the losses, in order
	 * @return the choice
	 */
	public static Choice<Learner<?>> of(Choice<Learner<?>> choice, List<LossUse> losses) {
		Contribution<Learner<?>> plain = choice.contribution();
		return losses.isEmpty() ? choice
				: new Choice<>(new Contribution<Learner<?>>(plain.kind(), plain.id(), plain.name(), plain.description(), plain.bundle(),
						plain.code(), plain.settings(), () -> of(plain.instance().get(), losses)), choice.settings(), choice.referred());
	}

	private static <S extends Record> Learner<S> of(Learner<S> learner, List<LossUse> losses) {
		return new LearnerWithLosses<>(learner, losses);
	}

	/** The heads that a loss asks for; it must be able to do with what its windows show. */
	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	static List<Head> heads(Choice<Loss<?>> choice, ObservationSpace observation, ActionSpace actions) {
		return choice.contribution().call("heads", () -> {
			Loss<Record> loss = (Loss<Record>) choice.contribution().instance().get();
			if (loss.window(choice.settings()) > 0) {
				observation.numbers();
			}
			return List.copyOf(loss.heads(choice.settings(), observation, actions));
		});
	}

	@Override
	public List<NetworkDescription> networks(S settings, ObservationSpace observation, ActionSpace actions) {
		List<NetworkDescription> networks = new ArrayList<>(learner.networks(settings, observation, actions));
		List<Head> heads = new ArrayList<>();
		losses.forEach(use -> heads.addAll(heads(use.loss(), observation, actions)));
		for (int n = 0; n < networks.size(); n++) {
			NetworkDescription network = networks.get(n);
			for (int t = 0; t < network.trunks().size(); t++) {
				Trunk trunk = network.trunks().get(t);
				if (acts(trunk)) {
					List<Head> all = new ArrayList<>(trunk.heads());
					all.addAll(heads);
					List<Trunk> trunks = new ArrayList<>(network.trunks());
					trunks.set(t, new Trunk(trunk.name(), trunk.layers(), trunk.reads(), all));
					networks.set(n, new NetworkDescription(network.name(), network.observation(), network.others(), trunks,
							network.optimizer()));
					return networks;
				}
			}
		}
		throw new IllegalArgumentException("the learner's networks have no head that actions are chosen by, where losses could stand");
	}

	private static boolean acts(Trunk trunk) {
		return trunk.heads().stream().anyMatch(head -> head.role() == Role.POLICY);
	}

	@Override
	public BudgetUnit unit(S settings) {
		return learner.unit(settings);
	}

	@Override
	public void check(S settings, DataSet dataSet) {
		learner.check(settings, dataSet);
	}

	@Override
	public int lanes(S settings) {
		return learner.lanes(settings);
	}

	@Override
	public Experience experience(S settings) {
		return learner.experience(settings);
	}

	@Override
	public boolean appliesLosses() {
		return learner.appliesLosses();
	}

	@Override
	public boolean weighsTrials() {
		return learner.weighsTrials();
	}

	@Override
	public Agent agent(S settings, AgentSite site) {
		Network acting = site.networks().get(learner.networks(settings, site.observationSpace(), site.actionSpace()).stream()
				.filter(network -> network.trunks().stream().anyMatch(LearnerWithLosses::acts)).findFirst().orElseThrow().name());
		List<WeightedLoss> applied = new ArrayList<>();
		for (LossUse use : losses) {
			applied.add(apply(use, new LossSite(acting, site.observationSpace(), site.actionSpace(),
					site.streams().under("losses").under(use.loss().id()))));
		}
		return learner.agent(settings, site.with(applied));
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static WeightedLoss apply(LossUse use, LossSite site) {
		Contribution<Loss<?>> contribution = use.loss().contribution();
		Loss<Record> loss = (Loss<Record>) contribution.instance().get();
		return new WeightedLoss(contribution.id(), (float) use.weight(),
				contribution.call("window", () -> loss.window(use.loss().settings())),
				new Named(contribution, contribution.call("apply", () -> loss.apply(use.loss().settings(), site))));
	}

	/**
	 * A loss whose failures carry its contribution's name.
	 *
	 * @param contribution whose
	 * @param loss         the loss
	 */
	private record Named(Contribution<?> contribution, AppliedLoss loss) implements AppliedLoss {

		@Override
		public double accumulate(Windows windows, float weight) {
			try {
				return loss.accumulate(windows, weight);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("accumulate", e);
			}
		}

		@Override
		public boolean addsReward() {
			return loss.addsReward();
		}

		@Override
		public void rewards(Windows windows, float[] rewards) {
			try {
				loss.rewards(windows, rewards);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("rewards", e);
			}
		}

		@Override
		public void restart() {
			loss.restart();
		}

		@Override
		public void writeState(DataOutput out) throws IOException {
			loss.writeState(out);
		}

		@Override
		public void readState(DataInput in) throws IOException {
			loss.readState(in);
		}
	}
}
