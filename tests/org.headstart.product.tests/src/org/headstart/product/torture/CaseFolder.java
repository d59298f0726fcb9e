package org.headstart.product.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.headstart.product.HeadstartProcess;
import org.headstart.product.HeadstartProcess.Outcome;

/**
 * The folder of a case, and the faults that it finds.
 *
 * @param folder the case's own; kept when it has faults
 * @param faults what was found, in words
 */
record CaseFolder(Path folder, List<String> faults) {

	/** How long to wait for a process that does nothing, and how much processor time to grant one that works. */
	static final Duration PATIENCE = Duration.ofSeconds(120);
	private static final Pattern TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\([^)]*\\)$");
	/** How long one that works may take on a machine that has much else to do. */
	private static final Duration LAST_PATIENCE = Duration.ofMinutes(30);

	/** Exit code of a process that was killed. */
	static final int KILLED = 137;
	/** As documented; beside these, the signals'. */
	private static final Set<Integer> CODES = Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 130, 143);

	CaseFolder(Path folder) {
		this(folder, new ArrayList<>());
	}

	void fault(String what) {
		faults.add(what);
	}

	/** Starts a command in the case's folder; what goes to the user's own folder otherwise stays there too. */
	HeadstartProcess start(String... arguments) throws IOException {
		return HeadstartProcess.start(folder, Map.of("XDG_STATE_HOME", folder.resolve("state").toString()), arguments);
	}

	/**
	 * Runs a command to its end and looks at what every command must keep: it ends, with a documented code, and without a trace.
	 *
	 * @return null when it did not end
	 */
	Outcome run(String... arguments) throws IOException, InterruptedException {
		try (HeadstartProcess process = start(arguments)) {
			return end(process, String.join(" ", arguments));
		}
	}

	/** As {@link #run}, of a process that was started before. */
	Outcome end(HeadstartProcess process, String command) throws IOException, InterruptedException {
		if (!ends(process)) {
			fault("'" + command + "' does not end: " + firstLines(process.kill().toString()));
			return null;
		}
		Outcome outcome = process.await();
		check(outcome, command);
		return outcome;
	}

	/** Waits for the end; false when it does not come: nothing is done, or more than any command has to do. */
	private static boolean ends(HeadstartProcess process) throws InterruptedException {
		long begin = System.nanoTime();
		long idleSince = begin;
		Duration seen = Duration.ZERO;
		Duration used = Duration.ZERO;
		while (!process.ends(Duration.ofSeconds(1))) {
			// less than before when a worker has ended
			Duration step = process.processorTime().minus(seen);
			if (step.abs().toMillis() > 200) {
				seen = seen.plus(step);
				used = used.plus(step.isNegative() ? Duration.ZERO : step);
				idleSince = System.nanoTime();
			}
			if (System.nanoTime() - idleSince > PATIENCE.toNanos() || used.compareTo(PATIENCE) > 0
					|| System.nanoTime() - begin > LAST_PATIENCE.toNanos()) {
				return false;
			}
		}
		return true;
	}

	private void check(Outcome outcome, String command) {
		String printed = outcome.out() + outcome.err();
		if (isBroken(outcome)) {
			fault("'" + command + "' ends with " + outcome.code() + ": " + firstLines(printed));
		}
		rawCharacter(printed).ifPresent(character -> fault("'" + command + "' prints the raw character " + character));
	}

	/** Whether a command ended in a way that is not documented, with a stack trace, or calls itself defective. */
	static boolean isBroken(Outcome outcome) {
		String printed = outcome.out() + outcome.err();
		return outcome.code() != KILLED && !CODES.contains(outcome.code()) || printed.contains("a defect of Headstart")
				|| TRACE.matcher(printed).find();
	}

	/** The first character that may change what a terminal shows: control characters, and those that reorder text. */
	static Optional<String> rawCharacter(String printed) {
		return printed.codePoints()
				.filter(c -> c != '\n' && c != '\t' && (Character.isISOControl(c) || c == 0x61c || c == 0x200e || c == 0x200f
						|| c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0xfeff))
				.mapToObj("U+%04X"::formatted).findFirst();
	}

	/** The beginning of a text, in one line. */
	static String firstLines(String text) {
		String line = text.strip().lines().limit(6).collect(Collectors.joining(" | "));
		return line.length() <= 600 ? line : line.substring(0, 600) + "…";
	}
}
