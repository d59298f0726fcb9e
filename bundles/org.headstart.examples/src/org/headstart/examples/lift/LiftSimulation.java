package org.headstart.examples.lift;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.Simulation;
import org.headstart.api.random.RandomStream;

/**
 * The lifts of all lanes, simulated by a process: a shell that answers each line {@code place LANE FLOOR} or
 * {@code move LANE FLOORS} with the lift's floor. Failures are drawn here and not in the process, so that a repeated episode
 * has the same failures; the process saves no state.
 */
final class LiftSimulation implements Simulation {

	private static final String WORLD = """
			while read -r verb lane floors; do
				case $verb in
				place) eval "lift_$lane=$floors" ;;
				move) eval "lift_$lane=\\$((lift_$lane + floors))" ;;
				esac
				eval "echo \\$lift_$lane"
			done
			""";

	private final int floors;
	private final double failures;
	private final RandomStream[] starts;
	private final RandomStream[] motor;
	private final int[] floor;
	private final int[] goal;
	private final Process process;
	private final BufferedWriter out;
	private final BufferedReader in;

	LiftSimulation(int floors, double failures, LaneStreams streams) {
		this.floors = floors;
		this.failures = failures;
		starts = streams.of(LaneStreams.START);
		motor = streams.of(LaneStreams.DYNAMICS);
		floor = new int[streams.lanes()];
		goal = new int[streams.lanes()];
		try {
			process = new ProcessBuilder("sh", "-c", WORLD).redirectErrorStream(true).start();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
		in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
	}

	@Override
	public void start(int lane, double[] omega, int omegaOffset) {
		goal[lane] = (int) omega[omegaOffset];
		// on any floor but that one
		tell("place", lane, (goal[lane] + 1 + starts[lane].nextInt(floors - 1)) % floors);
		floor[lane] = answer();
	}

	@Override
	public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
		for (int lane = 0; lane < floor.length; lane++) {
			if (moves == null || moves[lane]) {
				boolean fails = motor[lane].nextDouble() < failures;
				int next = Math.clamp(floor[lane] + actions.index[lane] - 1, 0, floors - 1);
				tell("move", lane, fails ? 0 : next - floor[lane]);
			}
		}
		for (int lane = 0; lane < floor.length; lane++) {
			if (moves == null || moves[lane]) {
				floor[lane] = answer();
				rewards[lane] = -1;
				terminated[lane] = floor[lane] == goal[lane];
			}
		}
	}

	private void tell(String verb, int lane, int number) {
		try {
			out.write(verb + ' ' + lane + ' ' + number + '\n');
		} catch (IOException e) {
			throw new UncheckedIOException("the lift's process no longer reads its input", e);
		}
	}

	private int answer() {
		try {
			out.flush();
			String line = in.readLine();
			if (line == null) {
				throw new IllegalStateException("the lift's process has ended");
			}
			return Integer.parseInt(line);
		} catch (NumberFormatException e) {
			throw new IllegalStateException("the lift's process did not answer with a floor: " + e.getMessage(), e);
		} catch (IOException e) {
			throw new UncheckedIOException("the lift's process does not answer", e);
		}
	}

	@Override
	public void observe(int lane, float[] observation, int offset) {
		observation[offset] = (float) floor[lane] / floors;
		observation[offset + 1] = (float) (goal[lane] - floor[lane]) / floors;
	}

	/** Without input the process ends by itself. */
	@Override
	public void close() {
		try {
			out.close();
			if (!process.waitFor(1, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		} catch (IOException e) {
			process.destroyForcibly();
		} catch (InterruptedException e) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}
}
