package org.headstart.runtime.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes class files for a test. */
final class CompiledSources {

	private CompiledSources() {}

	/**
	 * Compiles sources that need nothing but Java.
	 *
	 * @param sources texts by path, {@code com/acme/Lava.java}
	 * @param folder  where to put them
	 * @return class files by path
	 */
	static Map<String, byte[]> compile(Map<String, String> sources, Path folder) throws IOException {
		Path classes = Files.createDirectories(folder.resolve("classes"));
		List<Path> paths = new ArrayList<>();
		for (Map.Entry<String, String> source : sources.entrySet()) {
			Path path = folder.resolve("sources").resolve(source.getKey());
			Files.createDirectories(path.getParent());
			paths.add(Files.writeString(path, source.getValue()));
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter said = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			if (!compiler.getTask(said, files, null, List.of("-d", classes.toString(), "-proc:none"), null,
					files.getJavaFileObjectsFromPaths(paths)).call()) {
				throw new IllegalArgumentException(said.toString());
			}
		}
		Map<String, byte[]> compiled = new TreeMap<>();
		try (Stream<Path> walk = Files.walk(classes)) {
			for (Path path : walk.filter(Files::isRegularFile).toList()) {
				compiled.put(classes.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
			}
		}
		return compiled;
	}
}
