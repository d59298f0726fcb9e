package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.zip.CRC32;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/**
 * A short trajectory of a family, recorded once and kept beside its test: what a task, an action and a seed lead to stays the
 * same. Two lanes go through tasks of one set, with random actions, some beyond their bounds.
 *
 * <p>A recording is text, a line a lane and step: step, lane, parameters of the lane's task (blanks between them), action,
 * reward, {@code T} for terminated or {@code U} for truncated, observation. Numbers are written so that they give the same bits
 * again. Of an observation of many numbers the checksum is kept, and actions of many numbers are left out.
 */
public final class RecordedTrajectory {

	private static final int LANES = 2;
	private static final int STEPS = 40;
	private static final long SEED = 20260731;
	/** So many numbers at most are written out. */
	private static final int READABLE = 12;

	private final TaskFamily family;
	private final String taskSet;
	private final double tolerance;

	/**
	 * @param family    the family
	 * @param taskSet   where tasks are drawn from
	 * @param tolerance how far numbers may be from the recorded ones, relative to these or to 1 if they are smaller: 0 for the
	 *                  same bits; more where a law computes with {@link Math#sin} and its like, whose last bit is the Java
	 *                  runtime's to choose
	 */
	public RecordedTrajectory(TaskFamily family, String taskSet, double tolerance) {
		this.family = family;
		this.taskSet = taskSet;
		this.tolerance = tolerance;
	}

	/**
	 * Fails where the family takes another way than recorded. The message names a file with the new way.
	 *
	 * @param test     the class beside which the recording is
	 * @param resource the recording's name
	 */
	public void assertAsRecorded(Class<?> test, String resource) {
		List<String> actual = record();
		List<String> expected = recorded(test, resource);
		for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
			String was = i < expected.size() ? expected.get(i) : "";
			String is = i < actual.size() ? actual.get(i) : "";
			if (!alike(was, is)) {
				fail(resource + ", line " + (i + 1) + ": recorded\n  " + was + "\nand now\n  " + is + "\nAll of it: "
						+ written(resource, actual));
			}
		}
	}

	private static List<String> recorded(Class<?> test, String resource) {
		try (InputStream in = test.getResourceAsStream(resource)) {
			return in == null ? List.of() : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static Path written(String resource, List<String> lines) {
		try {
			return Files.write(Files.createTempDirectory("recorded-").resolve(Path.of(resource).getFileName()), lines);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private boolean alike(String expected, String actual) {
		if (tolerance == 0 || expected.equals(actual)) {
			return expected.equals(actual);
		}
		String[] first = expected.split("[, ]", -1);
		String[] second = actual.split("[, ]", -1);
		boolean alike = first.length == second.length;
		for (int i = 0; alike && i < first.length; i++) {
			alike = first[i].equals(second[i]) || isNumber(first[i]) && isNumber(second[i])
					&& Math.abs(Double.parseDouble(first[i]) - Double.parseDouble(second[i])) <= tolerance
							* Math.max(1, Math.abs(Double.parseDouble(first[i])));
		}
		return alike;
	}

	private static boolean isNumber(String text) {
		return text.matches("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?");
	}

	private List<String> record() {
		List<String> lines = new ArrayList<>();
		RandomStreams streams = new RandomStreams(SEED);
		RandomStream random = streams.stream("actions");
		try (SimulatedLanes lanes = family.vectorEnvironment(LANES, family.taskSet(taskSet).sampler(), streams)) {
			assertEquals(LANES, lanes.lanes());
			ActionBatch actions = new ActionBatch(lanes.actionSpace(), LANES);
			lanes.reset();
			for (int lane = 0; lane < LANES; lane++) {
				lines.add(line(lanes, 0, lane, "", ""));
			}
			for (int step = 1; step <= STEPS; step++) {
				draw(lanes.actionSpace(), actions, random);
				lanes.step(actions);
				for (int lane = 0; lane < LANES; lane++) {
					lines.add(line(lanes, step, lane, action(actions, lane), Float.toString(lanes.rewards()[lane])
							+ (lanes.terminated()[lane] ? " T" : "") + (lanes.truncated()[lane] ? " U" : "")));
				}
			}
		}
		assertTrue(lines.size() > STEPS);
		return lines;
	}

	private String line(SimulatedLanes lanes, int step, int lane, String action, String reward) {
		double[] omega = new double[family.parameterNames().size()];
		lanes.task(lane, omega);
		StringJoiner task = new StringJoiner(" ");
		for (int i = 0; i < omega.length && omega.length <= READABLE; i++) {
			task.add(Double.toString(omega[i]));
		}
		int size = lanes.observations().length / LANES;
		StringJoiner observation = new StringJoiner(" ");
		CRC32 sum = new CRC32();
		for (int i = lane * size; i < (lane + 1) * size; i++) {
			float value = lanes.observations()[i];
			if (size <= READABLE) {
				observation.add(Float.toString(value));
			} else {
				int bits = Float.floatToIntBits(value);
				for (int shift = 24; shift >= 0; shift -= 8) {
					sum.update(bits >>> shift);
				}
			}
		}
		return step + "," + lane + "," + task + "," + action + "," + reward + ","
				+ (size <= READABLE ? observation.toString() : Long.toHexString(sum.getValue()));
	}

	private static String action(ActionBatch actions, int lane) {
		StringJoiner action = new StringJoiner(" ");
		for (int i = 0; i < actions.choices; i++) {
			action.add(Integer.toString(actions.index[lane * actions.choices + i]));
		}
		for (int i = 0; i < actions.size && actions.size <= READABLE; i++) {
			action.add(Float.toString(actions.values[lane * actions.size + i]));
		}
		return action.toString();
	}

	private static void draw(ActionSpace space, ActionBatch actions, RandomStream random) {
		int[] counts = space.counts();
		for (int i = 0; i < actions.index.length; i++) {
			actions.index[i] = random.nextInt(counts[i % counts.length]);
		}
		for (int i = 0; i < actions.values.length; i++) {
			BoxSpace box = (BoxSpace) space;
			double low = box.low()[i % actions.size];
			double high = box.high()[i % actions.size];
			actions.values[i] = (float) (Double.isInfinite(high - low) ? random.nextGaussian()
					: random.uniform(1.2 * low, 1.2 * high));
		}
	}
}
