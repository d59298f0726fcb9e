package org.headstart.engine.internal.execution;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.headstart.api.random.RandomStream;
import org.headstart.nn.NetworkSize;
import org.snakeyaml.engine.v2.api.Load;

import com.google.gson.Gson;

/** Starts plain Java processes with the classes of this test, inside and outside of OSGi. */
final class JavaProcess {

	private JavaProcess() {}

	static List<String> command(Class<?> main, String... arguments) {
		Set<String> places = new LinkedHashSet<>();
		for (Class<?> type : new Class<?>[] {main, StepRunner.class, NetworkSize.class, RandomStream.class, Load.class, Gson.class}) {
			try {
				places.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
			} catch (URISyntaxException e) {
				throw new IllegalStateException(e);
			}
		}
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-cp", String.join(File.pathSeparator, places), main.getName()));
		command.addAll(Arrays.asList(arguments));
		return command;
	}
}
