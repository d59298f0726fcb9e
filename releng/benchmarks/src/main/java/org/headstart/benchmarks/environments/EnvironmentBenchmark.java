package org.headstart.benchmarks.environments;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.environments.classic.Acrobot;
import org.headstart.environments.classic.AcrobotSettings;
import org.headstart.environments.classic.CartPole;
import org.headstart.environments.classic.CartPoleSettings;
import org.headstart.environments.classic.MountainCar;
import org.headstart.environments.classic.MountainCarContinuous;
import org.headstart.environments.classic.MountainCarContinuousSettings;
import org.headstart.environments.classic.MountainCarSettings;
import org.headstart.environments.classic.Pendulum;
import org.headstart.environments.classic.PendulumSettings;
import org.headstart.environments.point.PointGoal;
import org.headstart.environments.point.PointGoalMaml;
import org.headstart.environments.point.PointGoalMamlSettings;
import org.headstart.environments.point.PointGoalSettings;

/**
 * Lane-steps per second of every environment at its default settings, on one thread: random actions, drawn beforehand, rewards
 * and ends, resets, observations. The median of some blocks, in the thread's CPU time, so that a busy machine counts less. The
 * environments run in turn, in one process, as in an experiment with several of them.
 *
 * <p>Arguments: lanes (64), blocks (15), milliseconds a block (200), ids (all).
 */
public final class EnvironmentBenchmark {

	private static final int BATCHES = 64;
	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private EnvironmentBenchmark() {}

	/**
	 * Measures and prints one line an environment.
	 *
	 * @param arguments lanes, blocks, milliseconds a block, ids
	 */
	public static void main(String[] arguments) {
		int lanes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
		int blocks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
		long nanos = (arguments.length > 2 ? Long.parseLong(arguments[2]) : 200) * 1_000_000;
		Map<String, TaskFamily> families = families();
		if (arguments.length > 3) {
			families.keySet().retainAll(Arrays.asList(arguments).subList(3, arguments.length));
		}
		System.out.printf(Locale.ROOT, "%-24s %16s %12s   (%d lanes, one thread, CPU time, median of %d blocks)%n",
				"environment", "lane-steps/s", "ns/step", lanes, blocks);
		families.forEach((id, family) -> {
			double perSecond = measure(family, lanes, blocks, nanos);
			System.out.printf(Locale.ROOT, "%-24s %16.0f %12.1f%n", id, perSecond, 1e9 / perSecond);
		});
	}

	private static Map<String, TaskFamily> families() {
		Map<String, TaskFamily> families = new LinkedHashMap<>();
		families.put("cart-pole", family(new CartPole(), CartPoleSettings.class));
		families.put("mountain-car", family(new MountainCar(), MountainCarSettings.class));
		families.put("mountain-car-continuous",
				family(new MountainCarContinuous(), MountainCarContinuousSettings.class));
		families.put("acrobot", family(new Acrobot(), AcrobotSettings.class));
		families.put("pendulum", family(new Pendulum(), PendulumSettings.class));
		families.put("point-goal", family(new PointGoal(), PointGoalSettings.class));
		families.put("point-goal-maml", family(new PointGoalMaml(), PointGoalMamlSettings.class));
		return families;
	}

	private static <S extends Record> TaskFamily family(Environment<S> environment, Class<S> settings) {
		return environment.create(settings.cast(SettingsSchema.of(settings).bind(Map.of()).settings()));
	}

	private static double measure(TaskFamily family, int lanes, int blocks, long nanos) {
		VectorEnvironment environment = family.vectorEnvironment(lanes, family.taskSets().get(0).sampler(),
				new RandomStreams(1));
		ActionBatch[] actions = randomActions(environment);
		environment.reset();
		double[] perSecond = new double[blocks];
		double checksum = 0;
		// The first blocks warm up: they are not counted.
		for (int block = -5; block < blocks; block++) {
			long steps = 0;
			long begin = THREADS.getCurrentThreadCpuTime();
			long elapsed;
			do {
				for (ActionBatch batch : actions) {
					environment.step(batch);
					checksum += environment.observations()[0] + environment.rewards()[lanes - 1];
				}
				steps += (long) actions.length * lanes;
				elapsed = THREADS.getCurrentThreadCpuTime() - begin;
			} while (elapsed < nanos);
			if (block >= 0) {
				perSecond[block] = steps * 1e9 / elapsed;
			}
		}
		if (Double.isNaN(checksum)) {
			throw new IllegalStateException("an observation or a reward was NaN");
		}
		Arrays.sort(perSecond);
		return perSecond[blocks / 2];
	}

	private static ActionBatch[] randomActions(VectorEnvironment environment) {
		RandomStream random = new RandomStreams(2).stream("actions");
		ActionBatch[] batches = new ActionBatch[BATCHES];
		for (int i = 0; i < BATCHES; i++) {
			ActionBatch batch = new ActionBatch(environment.actionSpace(), environment.lanes());
			int[] counts = environment.actionSpace().counts();
			for (int k = 0; k < batch.index.length; k++) {
				batch.index[k] = random.nextInt(counts[k % counts.length]);
			}
			for (int k = 0; k < batch.values.length; k++) {
				BoxSpace box = (BoxSpace) environment.actionSpace();
				batch.values[k] = (float) random.uniform(box.low()[k % batch.size], box.high()[k % batch.size]);
			}
			batches[i] = batch;
		}
		return batches;
	}
}
