package org.headstart.cli.internal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.headstart.api.settings.Spelling;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code headstart}: it finds the subcommand, prints errors and returns exit codes. */
@Command(name = "headstart", versionProvider = Headstart.Version.class, synopsisSubcommandLabel = "COMMAND", //
		description = "Runs experiments in transfer learning and meta-learning for reinforcement learning.", //
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", //
				"1:some steps failed; the results of the others are kept", //
				"2:the command line is wrong", //
				"3:the experiment is invalid", //
				"4:an input is missing or cannot be read", //
				"5:the results folder is in use, or belongs to something else", //
				"6:a reproduced step differs", //
				"7:a plug-in is broken", //
				"8:a result cannot be written", //
				"9:a defect of Headstart itself", //
				"10:the run has ended, and its submitted steps continue", //
				"130:cancelled with Ctrl-C; 143 with SIGTERM"}, //
		footer = {"", "Start with:", "  headstart list examples", "  headstart run point-goal-transfer",
				"Help on a command:  headstart COMMAND --help"})
final class Headstart implements Runnable {

	/** The library's minimum. */
	private static final int HELP_LEAST = 55;
	private static final int HELP_MOST = 100;

	private static final CommandLine.Help.ColorScheme STYLES = new CommandLine.Help.ColorScheme.Builder(Ansi.ON)
			.commands(style(Mark.BOLD)).options(style(Mark.YELLOW)).parameters(style(Mark.YELLOW)).build();
	/** The library ends each style with a style of its own. */
	private static final Pattern STYLE_END = Pattern.compile("\033\\[[0-9;]*m");

	@Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, //
			description = "Print help on the command and its options.")
	private boolean help;

	@Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the version.")
	private boolean version;

	@Option(names = "--debug", scope = ScopeType.INHERIT, description = "Also print the stack trace of a failure.")
	private boolean debug;

	@Spec
	private CommandSpec spec;

	/** Prints the product's version and the JVM's. */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			return new String[] {"Headstart " + Installation.current().version(),
					"Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"};
		}
	}

	/**
	 * Executes a command line on the process's own streams.
	 *
	 * @param arguments the arguments after {@code headstart}
	 * @return the exit code
	 */
	static int execute(String... arguments) {
		return execute(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), arguments);
	}

	/**
	 * Executes a command line. {@link System#err} and, but for a worker, {@link System#out} are led to standard error from here on.
	 *
	 * @param stdout    standard output
	 * @param stderr    standard error
	 * @param arguments the arguments after {@code headstart}
	 * @return the exit code
	 */
	static int execute(OutputStream stdout, OutputStream stderr, String... arguments) {
		Headstart headstart = new Headstart();
		CommandLine commandLine = new CommandLine(headstart);
		// Loading classes takes most of a short command's time, so only the given command is loaded.
		Map<String, Supplier<Object>> commands = commands();
		String first = arguments.length > 0 ? arguments[0] : "";
		commands.forEach((name, command) -> {
			if (name.equals(first) || !commands.containsKey(first)) {
				commandLine.addSubcommand(name, command.get());
			}
		});
		// Both stay open as long as the process.
		@SuppressWarnings("resource") TerminalWriter out = new TerminalWriter(Terminal.OUT, stdout);
		@SuppressWarnings("resource") TerminalWriter err = new TerminalWriter(Terminal.ERR, stderr);
		commandLine.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true)
				.setUsageHelpWidth(Math.clamp(Terminal.OUT.width(), HELP_LEAST, HELP_MOST)).setColorScheme(STYLES)
				.setExecutionStrategy(Headstart::executed).setExecutionExceptionHandler(headstart::failed)
				.setParameterExceptionHandler(headstart::misused);
		System.setErr(err.stream());
		if (!first.equals("worker")) {
			// A plug-in's output is not part of the command's result.
			System.setOut(System.err);
		}
		int code;
		try (SignalNotice notice = new SignalNotice(err)) {
			code = commandLine.execute(arguments);
		} catch (Error e) {
			code = headstart.defect(e, err);
		}
		IOException unwritten = out.failure();
		if (unwritten != null) {
			err.println("headstart: standard output cannot be written: " + unwritten.getMessage());
			code = code == ExitCode.OK ? ExitCode.CANNOT_WRITE : code;
		}
		System.err.flush();
		return code;
	}

	/** Runs the command, or prints help with our own styles, since the library would write terminal sequences itself. */
	private static int executed(ParseResult parsed) {
		for (CommandLine command : parsed.asCommandLineList()) {
			if (command.isUsageHelpRequested()) {
				command.getOut().print(STYLE_END.matcher(command.getUsageMessage(STYLES)).replaceAll(""));
				return ExitCode.OK;
			}
		}
		return new CommandLine.RunLast().execute(parsed);
	}

	private static IStyle style(Mark mark) {
		return new IStyle() {

			@Override
			public String on() {
				return mark.toString();
			}

			@Override
			public String off() {
				return Mark.PLAIN.toString();
			}
		};
	}

	private static Map<String, Supplier<Object>> commands() {
		Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
		commands.put("run", RunCommand::new);
		commands.put("cancel", CancelCommand::new);
		commands.put("validate", ValidateCommand::new);
		commands.put("plan", PlanCommand::new);
		commands.put("list", ListCommand::new);
		commands.put("describe", DescribeCommand::new);
		commands.put("report", ReportCommand::new);
		commands.put("compare", CompareCommand::new);
		commands.put("show", ShowCommand::new);
		commands.put("reproduce", ReproduceCommand::new);
		commands.put("play", PlayCommand::new);
		commands.put("worker", WorkerCommand::new);
		return commands;
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "no command given");
	}

	private int misused(ParameterException e, String[] arguments) {
		PrintWriter err = e.getCommandLine().getErr();
		CommandSpec command = e.getCommandLine().getCommandSpec();
		if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
			String argument = unmatched.getUnmatched().get(0);
			boolean isOption = argument.startsWith("-");
			Collection<String> known = isOption ? command.optionsMap().keySet() : command.subcommands().keySet();
			String what = isOption ? "option" : known.isEmpty() ? "further argument" : "command";
			err.println("headstart: there is no " + what + " '" + argument + "'"
					+ Spelling.nearest(argument, known).map(near -> "; did you mean '" + near + "'?").orElse(""));
		} else {
			err.println("headstart: " + e.getMessage());
		}
		err.println("Say '" + command.qualifiedName() + " --help' for help.");
		return ExitCode.USAGE;
	}

	private int failed(Exception e, CommandLine commandLine, ParseResult parsed) {
		PrintWriter err = commandLine.getErr();
		if (SignalNotice.stopping() && !(e instanceof CommandFailure)) {
			return ExitCode.CANCELLED;
		}
		int code = switch (e) {
			case CommandFailure failure -> failure.exitCode();
			case BrokenContributionException broken -> ExitCode.BROKEN_CONTRIBUTION;
			case RefusedException refused -> ExitCode.BROKEN_CONTRIBUTION;
			case CancellationException cancelled -> ExitCode.CANCELLED;
			case CannotWriteException unwritten -> ExitCode.CANNOT_WRITE;
			// the writer reports it with the exception above
			case IOException unread -> ExitCode.NOT_FOUND;
			default -> ExitCode.INTERNAL;
		};
		if (code == ExitCode.INTERNAL && !(e instanceof CommandFailure)) {
			return defect(e, err);
		}
		err.println("headstart: " + message(e));
		if (debug) {
			e.printStackTrace(err);
		}
		return code;
	}

	/** Makes a message of a file system's exception, which often contains only the file's name. */
	static String message(Exception e) {
		return switch (e) {
			case NoSuchFileException missing -> missing.getFile() + " does not exist";
			case AccessDeniedException denied -> denied.getFile() + ": permission denied";
			case FileSystemException file -> file.getFile() + ": "
					+ (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
			default -> e.getMessage() == null ? e.toString() : e.getMessage();
		};
	}

	private int defect(Throwable e, PrintWriter err) {
		if (SignalNotice.stopping()) {
			// classes can no longer be loaded, for example
			return ExitCode.CANCELLED;
		}
		err.println("headstart: a defect of Headstart: " + e);
		if (debug) {
			e.printStackTrace(err);
		} else {
			err.println("The trace is in " + FailureLog.write(e) + "; please report it.");
		}
		return ExitCode.INTERNAL;
	}
}
