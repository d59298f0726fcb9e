package org.headstart.workbench.internal.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Platform;
import org.eclipse.ui.console.ConsolePlugin;
import org.eclipse.ui.console.IConsole;
import org.eclipse.ui.console.IConsoleManager;
import org.eclipse.ui.console.MessageConsole;
import org.eclipse.ui.console.MessageConsoleStream;
import org.osgi.framework.FrameworkUtil;

/**
 * The output of a run. It is written to a file, which outlives the workbench as the run does; a console shows the file. Used
 * by one thread.
 */
final class RunOutput implements AutoCloseable {

	private static final int LINES_KEPT = 20;
	private static final int CHUNK = 1 << 16;
	/** The prefix of the command line's messages. */
	private static final String ITSELF = "headstart: ";
	private static final Pattern PROGRESS = Pattern.compile(" *\\d+ % .*");
	/** The prefix of messages that do not end the command. */
	private static final String LEFT_OUT = ITSELF + "left out: ";

	private final Path file;
	private final MessageConsoleStream console;
	private final Deque<String> last = new ArrayDeque<>();
	private long shown;

	private RunOutput(Path file, IFile experiment) {
		this.file = file;
		console = console(experiment).newMessageStream();
	}

	/**
	 * Makes the output of a run that is about to start.
	 *
	 * @param experiment the experiment
	 * @return the output, empty
	 * @throws IOException when the file cannot be made
	 */
	static RunOutput empty(IFile experiment) throws IOException {
		Path file = fileOf(experiment);
		Files.createDirectories(file.getParent());
		Files.write(file, new byte[0]);
		return new RunOutput(file, experiment);
	}

	/**
	 * Makes the output of a running run.
	 *
	 * @param experiment the experiment
	 * @param started    when the run began
	 * @return the output so far if a workbench started the run; otherwise empty, since the run prints elsewhere
	 * @throws IOException when the file cannot be read
	 */
	static RunOutput underWay(IFile experiment, Instant started) throws IOException {
		Path file = fileOf(experiment);
		RunOutput output = new RunOutput(file, experiment);
		if (!Files.exists(file) || Files.getLastModifiedTime(file).toInstant().isBefore(started)) {
			output.shown = Long.MAX_VALUE;
		}
		return output;
	}

	private static Path fileOf(IFile experiment) {
		return Platform.getStateLocation(FrameworkUtil.getBundle(RunOutput.class)).toPath().resolve("output")
				.resolve(experiment.getFullPath().makeRelative().toString() + ".log");
	}

	/** One console for each experiment, emptied for each run. */
	private static MessageConsole console(IFile experiment) {
		IConsoleManager consoles = ConsolePlugin.getDefault().getConsoleManager();
		String name = "Run of " + experiment.getFullPath().makeRelative();
		for (IConsole console : consoles.getConsoles()) {
			if (console instanceof MessageConsole known && console.getName().equals(name)) {
				known.clearConsole();
				return known;
			}
		}
		MessageConsole console = new MessageConsole(name, null);
		consoles.addConsoles(new IConsole[] {console});
		return console;
	}

	/** @return the file that the run prints to */
	Path file() {
		return file;
	}

	/**
	 * Shows the complete lines that are new since the last call.
	 *
	 * @throws IOException when the file cannot be read
	 */
	void show() throws IOException {
		show(false);
	}

	/**
	 * Shows everything new since the last call, after the run has ended.
	 *
	 * @throws IOException when the file cannot be read
	 */
	void showRest() throws IOException {
		show(true);
	}

	private void show(boolean all) throws IOException {
		if (shown == Long.MAX_VALUE) {
			return;
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
			while (channel.read(bytes.clear(), shown) > 0) {
				int end = bytes.position();
				while (end > 0 && bytes.get(end - 1) != '\n') {
					end--;
				}
				if (end == 0) {
					if (!all && bytes.hasRemaining()) {
						return;
					}
					end = bytes.position();
				}
				shown += end;
				for (String line : new String(bytes.array(), 0, end, StandardCharsets.UTF_8).split("\n")) {
					print(line);
				}
			}
		}
	}

	private void print(String line) {
		if (line.startsWith("WARNING: Using incubator modules")) {
			// the JVM prints it at every start; it is not a problem
			return;
		}
		console.println(line);
		last.addLast(line);
		if (last.size() > LINES_KEPT) {
			last.removeFirst();
		}
	}

	/** @return the last messages of the run, without its progress */
	String said() {
		return last.stream().filter(line -> !PROGRESS.matcher(line).matches() && !line.startsWith(LEFT_OUT))
				.map(line -> line.startsWith(ITSELF) ? line.substring(ITSELF.length()) : line).collect(Collectors.joining("\n")).strip();
	}

	@Override
	public void close() throws IOException {
		console.close();
	}
}
