package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.Loop;
import org.headstart.api.strategy.LoopRun;
import org.headstart.api.strategy.Teacher;

/**
 * A loop on a {@link StrategyContract.Recording}: nobody is trained and judged, but what is collected is real, with random actions
 * where an agent acts.
 */
final class RecordedLoop implements LoopRun {

	/** More than any loop needs on budgets of {@link StrategyContract#BUDGET} steps. */
	private static final int MOST_ITERATIONS = 10_000;

	private final StrategyContract.Recording run;
	private final String name;
	private final List<Agent> agents;
	private final Loop loop;
	private final Map<String, Collecting> collecting = new LinkedHashMap<>();
	/** Lanes that a checkpoint had and that are not opened yet. */
	private Map<String, byte[]> restored = Map.of();
	private int iterations;
	private boolean active;

	/** Thrown where a loop is interrupted; what a checkpoint would hold. */
	@SuppressWarnings("serial") // never written
	static final class Interrupted extends RuntimeException {

		final String loop;
		final int iterations;
		final byte[] state;
		final long[] left;
		final List<String> events;
		final Map<String, byte[]> lanes = new LinkedHashMap<>();

		private Interrupted(RecordedLoop at) throws IOException {
			super("interrupted by the test kit");
			loop = at.name;
			iterations = at.iterations;
			state = at.state();
			left = at.run.left().clone();
			events = List.copyOf(at.run.events());
			lanes.putAll(at.restored);
			for (Map.Entry<String, Collecting> each : at.collecting.entrySet()) {
				lanes.put(each.getKey(), each.getValue().bytes());
			}
		}
	}

	private static final class Collecting {

		private final RandomStream random;
		private final VectorEnvironment environment;
		private final ActionBatch actions;

		Collecting(String who, int task, int lanes, View view, byte[] state) throws IOException {
			RandomStreams streams = new RandomStreams(5).under(who).under("task-" + task);
			TaskFamily family = StrategyContract.FAMILY;
			random = streams.stream("actions");
			environment = family.vectorEnvironment(lanes, family.taskSets().get(0).sampler(), streams, view);
			actions = new ActionBatch(environment.actionSpace(), lanes);
			if (state == null) {
				environment.reset();
			} else {
				DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
				random.readState(in);
				environment.readState(in);
			}
		}

		byte[] bytes() throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream out = new DataOutputStream(bytes);
			random.writeState(out);
			environment.writeState(out);
			return bytes.toByteArray();
		}

		/** Any action. */
		Policy policy() {
			return (lanes, chosen) -> {
				for (int i = 0; i < chosen.index.length; i++) {
					chosen.index[i] = random.nextInt(2);
				}
			};
		}
	}

	RecordedLoop(StrategyContract.Recording run, String name, List<Agent> agents, Loop loop) {
		this.run = run;
		this.name = name;
		this.agents = List.copyOf(agents);
		this.loop = loop;
	}

	/**
	 * Runs it.
	 *
	 * @param from   where to go on; null at the beginning
	 * @param atMost iterations of this loop, from its very beginning, after which it is interrupted
	 * @return how many iterations it has had from its very beginning
	 */
	int run(Interrupted from, int atMost) throws IOException {
		if (from != null) {
			resume(from);
		}
		int idle = 0;
		boolean goesOn = true;
		while (goesOn) {
			assertTrue(iterations < MOST_ITERATIONS, "loop " + name + " has not ended after " + iterations + " iterations on budgets of "
					+ StrategyContract.BUDGET + " steps");
			active = false;
			goesOn = loop.run(this);
			iterations++;
			idle = active ? 0 : idle + 1;
			assertTrue(idle < 2 || !goesOn, "two iterations of loop " + name + " in a row took no step, judged nobody and reported nothing;"
					+ " does it wait for a rest of the budget that lanes do not divide?");
			run.events().add("iteration " + iterations + " of " + name + ", state " + Arrays.hashCode(state()));
			if (goesOn && iterations == atMost) {
				throw new Interrupted(this);
			}
		}
		return iterations;
	}

	private void resume(Interrupted from) throws IOException {
		iterations = from.iterations;
		System.arraycopy(from.left, 0, run.left(), 0, from.left.length);
		run.events().clear();
		run.events().addAll(from.events);
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(from.state));
		for (Checkpointed part : parts()) {
			byte[] bytes = new byte[in.readInt()];
			in.readFully(bytes);
			DataInputStream own = new DataInputStream(new ByteArrayInputStream(bytes));
			part.readState(own);
			assertEquals(-1, own.read(), "the state of loop " + name + ", or of its agents, is not read to its end");
		}
		restored = from.lanes;
	}

	private List<Checkpointed> parts() {
		List<Checkpointed> parts = new ArrayList<>(agents);
		parts.add(loop);
		return parts;
	}

	private byte[] state() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		for (Checkpointed part : parts()) {
			ByteArrayOutputStream own = new ByteArrayOutputStream();
			part.writeState(new DataOutputStream(own));
			out.writeInt(own.size());
			own.writeTo(out);
		}
		return bytes.toByteArray();
	}

	private void requireTask(int task) {
		assertTrue(task >= 0 && task < taskCount(), "there is no task " + task + "; the run has " + taskCount());
	}

	@Override
	public int taskCount() {
		return run.taskCount();
	}

	@Override
	public long steps(int task) {
		requireTask(task);
		return StrategyContract.BUDGET - run.left()[task];
	}

	@Override
	public long remaining(int task) {
		requireTask(task);
		return run.left()[task];
	}

	@Override
	public long updateSteps(Agent agent) {
		return 4L * run.lanes(agent);
	}

	@Override
	public long train(Agent agent, int task, long steps) {
		requireTask(task);
		assertTrue(agents.contains(agent), "loop " + name + " trains an agent that it does not name: its state would be lost");
		long taken = take(task, run.lanes(agent), steps);
		run.events().add("loop " + name + " trains " + run.name(agent) + " on task " + task + ", " + taken + " of " + steps + " steps");
		return taken;
	}

	/** As many as fit. */
	private long take(int task, int lanes, long steps) {
		assertTrue(steps >= 0, "loop " + name + " asks for " + steps + " steps");
		long some = Math.min(steps, run.left()[task]);
		long taken = some - some % lanes;
		run.left()[task] -= taken;
		active |= taken > 0;
		return taken;
	}

	@Override
	public long collect(Agent agent, int task, int lanes, long steps, Watcher watcher) throws IOException {
		return collect("agent " + run.name(agent), run.views().get(run.name(agent)).training(), null, task, lanes, steps, watcher);
	}

	@Override
	public long collect(String who, Teacher teacher, int task, int lanes, long steps, Watcher watcher) throws IOException {
		return collect("teacher " + who, teacher.view().training(), teacher.policy(lanes, false), task, lanes, steps, watcher);
	}

	@Override
	public long collect(String who, View view, Policy policy, int task, int lanes, long steps, Watcher watcher) throws IOException {
		requireTask(task);
		assertTrue(lanes > 0 && lanes % view.trial().lanesPerTask() == 0,
				"loop " + name + " collects from " + lanes + " lanes, of which " + view.trial().lanesPerTask() + " share a task");
		long taken = take(task, lanes, steps);
		if (taken > 0) {
			String key = who + " on " + task + " in " + lanes;
			boolean beginning = !collecting.containsKey(key) && !restored.containsKey(key);
			if (!collecting.containsKey(key)) {
				collecting.put(key, new Collecting(who, task, lanes, view, restored.get(key)));
			}
			Collecting place = collecting.get(key);
			Policy acts = policy == null ? place.policy() : policy;
			if (beginning) {
				acts.begin(place.environment);
			}
			for (long step = 0; step < taken; step += lanes) {
				step(place, acts, watcher);
			}
		}
		run.events().add("loop " + name + " collects by " + who + " on task " + task + ", " + taken + " of " + steps + " steps");
		return taken;
	}

	private static void step(Collecting place, Policy policy, Watcher watcher) {
		Lanes lanes = place.environment;
		policy.act(lanes, place.actions);
		watcher.acted(lanes, place.actions);
		place.environment.step(place.actions);
		policy.observe(lanes);
		watcher.stepped(lanes);
	}

	@Override
	public double evaluate(Agent agent, int task) {
		requireTask(task);
		active = true;
		run.events().add("loop " + name + " judges " + run.name(agent) + " on task " + task);
		return 0;
	}

	@Override
	public void report(String number, double value) {
		assertFalse(Double.isNaN(value) || Double.isInfinite(value), "loop " + name + " reports " + number + " as " + value);
		active = true;
		run.events().add("loop " + name + " reports " + number + ' ' + value);
	}
}
