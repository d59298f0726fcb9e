package org.headstart.engine.internal.results;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The properties of a machine on which the bytes of results may depend.
 *
 * @param java      the Java runtime's version and maker
 * @param system    operating system and architecture
 * @param processor the processor's kind
 */
public record Machine(String java, String system, String processor) {

	private static final String HOST = hostName();

	/** @return the machine that this process runs on */
	public static Machine here() {
		return new Machine(System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")",
				System.getProperty("os.name") + " " + System.getProperty("os.arch"), processorName());
	}

	/** @return the name of the computer that this process runs on */
	public static String host() {
		return HOST;
	}

	/** The system's own name comes first: a cluster's jobs inherit variables, which may contain the name of the submitting computer. */
	private static String hostName() {
		try {
			return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
		} catch (IOException notLinux) {
			String name = System.getenv("COMPUTERNAME");
			if (name == null) {
				name = System.getenv("HOSTNAME");
			}
			if (name != null) {
				return name;
			}
		}
		try {
			return InetAddress.getLocalHost().getHostName();
		} catch (UnknownHostException e) {
			return "localhost";
		}
	}

	private static String processorName() {
		Path linux = Path.of("/proc/cpuinfo");
		if (Files.isReadable(linux)) {
			try {
				for (String line : Files.readAllLines(linux)) {
					if (line.startsWith("model name")) {
						return line.substring(line.indexOf(':') + 1).strip();
					}
				}
			} catch (IOException e) {
				// the name is for provenance only, so an unknown name is recorded as unknown
				return "unknown (" + e.getMessage() + ")";
			}
		}
		String windows = System.getenv("PROCESSOR_IDENTIFIER");
		return windows != null ? windows : System.getProperty("os.arch");
	}
}
