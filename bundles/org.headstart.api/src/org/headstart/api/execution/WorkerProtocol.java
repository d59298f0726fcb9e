package org.headstart.api.execution;

import java.util.Optional;

/**
 * The messages between a worker process and its executor, each one line of UTF-8.
 *
 * <p>To the worker, on standard input: a step's key, or {@value #STOP}. The end of standard input also means {@value #STOP},
 * so that a worker does not outlive the process that started it. A worker that was started for one step, with {@value #STEP}
 * and its key, reads nothing and ends with one of the exit codes below.
 *
 * <p>From the worker, on standard output:
 *
 * <pre>
 * headstart: READY                      it has read the plan
 * headstart: STARTED KEY                it works on the step from now on
 * headstart: PROGRESS KEY DONE ALL      environment steps
 * headstart: NOTE KEY MESSAGE           something that the user should know
 * headstart: FINISHED KEY               the step's result is in the store
 * headstart: FAILED KEY MESSAGE         the step failed by its own error
 * headstart: EXHAUSTED KEY MESSAGE      the step failed because memory or the stack ran out: the process is not fit for another
 *                                       step, and ends
 * headstart: BROKEN MESSAGE             it can run no step at all, and ends
 * </pre>
 *
 * In a message, backslash, line feed and carriage return are written {@code \\}, {@code \n} and {@code \r}. Text before {@code headstart: } in a line, and lines without it, come from other code and are not part of the protocol.
 */
public final class WorkerProtocol {

	/** Tells a worker to write a checkpoint and end. */
	public static final String STOP = "stop";

	/** The worker's option to run one step; the step's key is the next word. */
	public static final String STEP = "--step";

	/** Exit code: the step has a result, or a worker of many steps ended normally. */
	public static final int DONE = 0;
	/** Exit code: the step failed by its own error, or the worker can run no step at all. Another try would fail in the same way. */
	public static final int FAILED = 1;
	/** Exit code: the worker was stopped and wrote a checkpoint, from which the step can be resumed. */
	public static final int STOPPED = 2;
	/** Exit code: the worker was halted because the step did not stop in time, or because memory ran out. */
	public static final int HALTED = 3;

	/** Longer lines are not part of the protocol; only their beginning is read. */
	private static final int LONGEST_LINE = 1 << 16;
	private static final String MARK = "headstart: ";

	private WorkerProtocol() {}

	/** A message from a worker. */
	public sealed interface Answer {

		/** It has read the plan. */
		record Ready() implements Answer {}

		/**
		 * It has started a step.
		 *
		 * @param key the step
		 */
		record Started(String key) implements Answer {}

		/**
		 * A step made progress.
		 *
		 * @param key  the step
		 * @param done environment steps done
		 * @param all  environment steps in all
		 */
		record Progress(String key, long done, long all) implements Answer {}

		/**
		 * A note for the user.
		 *
		 * @param key     the step
		 * @param message for the user
		 */
		record Note(String key, String message) implements Answer {}

		/**
		 * The step's result is in the store.
		 *
		 * @param key the step
		 */
		record Finished(String key) implements Answer {}

		/**
		 * The step failed by its own error.
		 *
		 * @param key     the step
		 * @param message for the user
		 */
		record Failed(String key, String message) implements Answer {}

		/**
		 * The step failed because memory or the stack ran out; the worker ends.
		 *
		 * @param key     the step
		 * @param message for the user
		 */
		record Exhausted(String key, String message) implements Answer {}

		/**
		 * The worker can run no step at all.
		 *
		 * @param message for the user
		 */
		record Broken(String message) implements Answer {}
	}

	/**
	 * @param answer a message
	 * @return its line, without a line feed
	 */
	public static String line(Answer answer) {
		return MARK + switch (answer) {
			case Answer.Ready ready -> "READY";
			case Answer.Started begun -> "STARTED " + begun.key();
			case Answer.Progress progress -> "PROGRESS " + progress.key() + ' ' + progress.done() + ' ' + progress.all();
			case Answer.Note note -> "NOTE " + note.key() + ' ' + escaped(note.message());
			case Answer.Finished finished -> "FINISHED " + finished.key();
			case Answer.Failed failed -> "FAILED " + failed.key() + ' ' + escaped(failed.message());
			case Answer.Exhausted exhausted -> "EXHAUSTED " + exhausted.key() + ' ' + escaped(exhausted.message());
			case Answer.Broken broken -> "BROKEN " + escaped(broken.message());
		};
	}

	/**
	 * Parses a line.
	 *
	 * @param line a line of a worker's standard output
	 * @return the message; empty when the line is not part of the protocol
	 */
	public static Optional<Answer> answer(String line) {
		int mark = line.indexOf(MARK);
		if (mark < 0 || line.length() > LONGEST_LINE) {
			return Optional.empty();
		}
		String said = line.substring(mark + MARK.length());
		String[] words = said.split(" ", 3);
		try {
			return Optional.ofNullable(switch (words[0]) {
				case "READY" -> new Answer.Ready();
				case "STARTED" -> new Answer.Started(words[1]);
				case "PROGRESS" -> {
					String[] numbers = words[2].split(" ");
					yield new Answer.Progress(words[1], Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
				}
				case "NOTE" -> new Answer.Note(words[1], unescaped(words[2]));
				case "FINISHED" -> new Answer.Finished(words[1]);
				case "FAILED" -> new Answer.Failed(words[1], unescaped(words[2]));
				case "EXHAUSTED" -> new Answer.Exhausted(words[1], unescaped(words[2]));
				case "BROKEN" -> new Answer.Broken(unescaped(said.substring("BROKEN ".length())));
				default -> null;
			});
		} catch (IndexOutOfBoundsException | NumberFormatException e) {
			// other code printed into the line, so its content cannot be trusted
			return Optional.empty();
		}
	}

	private static String escaped(String text) {
		return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
	}

	private static String unescaped(String text) {
		StringBuilder result = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\' && i + 1 < text.length()) {
				char next = text.charAt(++i);
				result.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
			} else {
				result.append(c);
			}
		}
		return result.toString();
	}
}
