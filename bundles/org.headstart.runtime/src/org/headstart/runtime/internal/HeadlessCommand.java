package org.headstart.runtime.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command line that starts the same installation again without a window. The workbench starts runs by it, and a run
 * starts its workers. It uses the same JVM with the same options, because results depend on the processor features that the
 * options allow, and adds the Vector API, which a supervising process does not load.
 */
public final class HeadlessCommand {

	private static final String APPLICATION = "org.headstart.cli.headless";
	private static final String LAUNCHER = "org.eclipse.equinox.launcher_";
	/**
	 * Options that are not passed on: those of a single process (a debugger's port, a heap's size, the kind of the main
	 * thread), and those of a supervising process, which runs without the second compiler.
	 */
	private static final List<String> NOT_PASSED_ON = List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrunjdwp",
			"-Xdebug", "-XstartOnFirstThread", "-Xmx", "-Xms", "-Dosgi.", "-Declipse.", "-Dheadstart.", "-XX:TieredStopAtLevel=",
			"-XX:SharedArchiveFile=");
	/** System property set by the script: the configuration area for computing processes, with their class archive. */
	private static final String WORKERS_AREA = "headstart.workers.area";
	private static final String VECTOR_API = "jdk.incubator.vector";

	private HeadlessCommand() {}

	/**
	 * Makes the command line.
	 *
	 * @param arguments arguments of {@code headstart}
	 * @return the command line for a {@code ProcessBuilder}
	 */
	public static List<String> of(List<String> arguments) {
		String script = System.getProperty("headstart.script");
		if (script != null && !APPLICATION.equals(System.getProperty("eclipse.application"))) {
			// The workbench's JVM and configuration are for a window; the script starts a headless one.
			List<String> command = new ArrayList<>(List.of(script));
			command.addAll(arguments);
			return command;
		}
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
			if (NOT_PASSED_ON.stream().noneMatch(option::startsWith)) {
				command.add(option);
			}
		}
		String addVectorApi = "--add-modules=" + VECTOR_API;
		if (!command.contains(addVectorApi) && ModuleFinder.ofSystem().find(VECTOR_API).isPresent()) {
			command.add(addVectorApi);
		}
		String workersArea = System.getProperty(WORKERS_AREA);
		if (workersArea != null) {
			command.add("-XX:SharedArchiveFile=" + Path.of(workersArea, "classes.jsa"));
		}
		command.add("-Djava.awt.headless=true");
		command.add("-Dheadstart.home=" + home());
		if (script != null) {
			command.add("-Dheadstart.script=" + script);
		}
		// Only this process writes the configuration area; the others start faster by its present content.
		command.add("-Dosgi.configuration.area.readOnly=true");
		command.add("-jar");
		command.add(launcher().toString());
		command.add("-nosplash");
		command.add("-application");
		command.add(APPLICATION);
		command.add("-data");
		command.add("@none");
		command.add("-configuration");
		command.add(workersArea != null ? workersArea : area("osgi.configuration.area").toString());
		command.addAll(arguments);
		return command;
	}

	/** @return Headstart's installation folder */
	public static Path home() {
		String home = System.getProperty("headstart.home");
		return home != null ? Path.of(home) : area("osgi.install.area");
	}

	private static Path area(String property) {
		// The framework sets a file URL, but leaves blanks and other characters as they are, so it is no URI.
		String area = System.getProperty(property);
		if (area == null) {
			throw new IllegalStateException("Headstart's installation folder is unknown: " + property + " is not set");
		}
		return Path.of(area.startsWith("file:") ? area.substring("file:".length()) : area);
	}

	private static Path launcher() {
		Path plugins = home().resolve("plugins");
		try (Stream<Path> files = Files.list(plugins)) {
			return files.filter(file -> file.getFileName().toString().startsWith(LAUNCHER))
					.filter(file -> file.toString().endsWith(".jar")).sorted().findFirst()
					.orElseThrow(() -> new IllegalStateException(
							"the installation is damaged: " + plugins + " holds no " + LAUNCHER + "*.jar"));
		} catch (IOException e) {
			throw new UncheckedIOException("the installation is damaged: " + plugins + " cannot be read", e);
		}
	}
}
