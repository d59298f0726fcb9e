package org.headstart.examples.supervised;

import java.util.List;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;

/**
 * Learns to classify: minibatches of labelled examples, softmax and cross-entropy, Adam. Budgets count examples. If labels
 * are an expert's actions, this is behavioural cloning.
 */
public final class Supervised implements Learner<SupervisedSettings> {

	@Override
	public List<NetworkDescription> networks(SupervisedSettings settings, ObservationSpace observation, ActionSpace labels) {
		if (labels instanceof BoxSpace) {
			throw new IllegalArgumentException("it learns classes, not " + labels);
		}
		int logits = ActionDistribution.of(labels).headSize();
		return List.of(NetworkDescription.of(observation, List.of(new Trunk("policy", List.of(Head.policy(logits, 0.01)))),
				new Optimizer.Adam(0.9, 0.999, 1e-8)));
	}

	@Override
	public BudgetUnit unit(SupervisedSettings settings) {
		return BudgetUnit.EXAMPLES;
	}

	@Override
	public void check(SupervisedSettings settings, DataSet dataSet) {
		if (dataSet.labels().isEmpty()) {
			throw new IllegalArgumentException("it learns labels, and these examples have none");
		}
	}

	@Override
	public Experience experience(SupervisedSettings settings) {
		return new Experience(settings.minibatch(), true);
	}

	@Override
	public Agent agent(SupervisedSettings settings, AgentSite site) {
		return new SupervisedAgent(settings, site);
	}
}
