package org.headstart.examples.distillation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.GivenLanes;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.TrainableActorCritic;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Loop;
import org.headstart.api.strategy.LoopRun;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Teacher;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.TrainingPhase;

/** Pre-trains a teacher, fits a fresh student to the teacher's distribution on the target, and then trains the student itself. */
public final class Distillation implements Strategy<DistillationSettings> {

	private static final double MAX_GRADIENT_NORM = 1;

	@Override
	public List<Acquisition> acquisitions(DistillationSettings settings, List<TaskFamily> sources) {
		return List.of(new Pretraining());
	}

	@Override
	public Optional<Training> training(DistillationSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
		return Optional.of(new Training(AgentView.plain(trialEpisodes), Optional.empty(), List.of(TrainingPhase.granted("shots"),
				TrainingPhase.of("distillation", settings.steps()), TrainingPhase.of("target", TrainingPhase.REMAINING))));
	}

	@Override
	public void adapt(DistillationSettings settings, StrategyRun run) throws IOException {
		Agent student = run.agent("student");
		run.train(student, TrainingPhase.granted("shots"));
		run.loop("distillation", List.of(student), new Fitting(settings, run, student, run.open(Pretraining.AGENT)));
		run.train(student, TrainingPhase.of("target", TrainingPhase.REMAINING));
	}

	/** Collects a batch and fits on it. Batches are not kept, so that the loop has no state of its own. */
	private static final class Fitting implements Loop, LoopRun.Watcher {

		private final DistillationSettings settings;
		private final Agent student;
		private final Teacher teacher;
		private final TrainableActorCritic learned;
		private final ActorCritic known;
		private final ActionDistribution distribution;
		private final GivenLanes batch;
		private final float[] targets;
		private final float[] found;
		private final float[] gradients;
		private final float[] values;
		/** Collected rows of the batch. */
		private int filled;

		Fitting(DistillationSettings settings, StrategyRun run, Agent student, Teacher teacher) {
			this.settings = settings;
			this.student = student;
			this.teacher = teacher;
			int rows = settings.lanes() * settings.lengths();
			learned = student.trainable(rows).orElseThrow(() -> new IllegalArgumentException(
					"distillation needs a learner whose agents can be fitted to a distribution, such as ppo without memory"));
			known = teacher.actorCritic(rows).orElseThrow(() -> new IllegalArgumentException("the teacher has no distribution"));
			ActionSpace actions = run.family(0).environment().actionSpace();
			distribution = ActionDistribution.of(actions);
			batch = new GivenLanes(teacher.observationSpace(), actions, rows);
			values = new float[rows];
			targets = new float[rows * known.distributionSize()];
			found = new float[targets.length];
			gradients = new float[targets.length];
		}

		@Override
		public boolean run(LoopRun run) throws IOException {
			filled = 0;
			long steps = Math.min(values.length, settings.steps() - run.steps(0));
			long taken = settings.by() == DistillationSettings.Actor.STUDENT ? run.collect(student, 0, settings.lanes(), steps, this)
					: run.collect("teacher", teacher, 0, settings.lanes(), steps, this);
			if (taken < values.length) {
				return false;
			}
			known.evaluate(batch, targets, values);
			double loss = 0;
			for (int epoch = 0; epoch < settings.epochs(); epoch++) {
				learned.evaluate(batch, found, values);
				loss = distribution.divergence(targets, found, values.length, gradients);
				learned.backward(gradients, null);
				learned.update(MAX_GRADIENT_NORM, settings.learningRate());
			}
			run.report("distillation-loss", loss);
			return true;
		}

		@Override
		public void acted(Lanes lanes, ActionBatch actions) {
			learned.observe(lanes);
			int size = lanes.observations().length / lanes.lanes();
			System.arraycopy(lanes.observations(), 0, batch.observations(), filled * size, lanes.observations().length);
			for (int part = 0; part < lanes.observationSpace().parts().size(); part++) {
				if (lanes.observationSpace().parts().get(part).isBytes()) {
					byte[] shown = lanes.bytes(part);
					System.arraycopy(shown, 0, batch.bytes(part), filled * (shown.length / lanes.lanes()), shown.length);
				}
			}
			filled += lanes.lanes();
		}
	}
}
