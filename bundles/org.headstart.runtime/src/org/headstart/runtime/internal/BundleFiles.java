package org.headstart.runtime.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.regex.Pattern;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/**
 * The files of a bundle or fragment: its classes, by name and by package, and its resources. Goes by entry paths, which are the
 * bundle's own; other searches also find those of its fragments, such as tests. Thread-safe.
 */
final class BundleFiles {

	private static final String CLASS = ".class";
	private static final String JAR = ".jar";
	private static final String SOURCE = ".java";
	private static final String SERVICES = "META-INF/services/";
	/** What no code reads unless it names it: descriptions of the bundle, documentation, sources, icons and example experiments. */
	private static final Pattern DESCRIPTION = Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]*\\.(SF|RSA|DSA|EC|LIST|inf)|maven/.*)"
			+ "|META-INF/services/.*|(plugin|fragment)\\.xml|(plugin|fragment|bundle|build)[^/]*\\.properties|\\.[^/]*"
			+ "|(about|LICENSE|NOTICE|README|CHANGELOG)[^/]*|[^/]*\\.md|about_files/.*|OSGI-INF/l10n/.*"
			+ "|(docs?|examples|icons|schema|OSGI-OPT)/.*");

	private final Bundle bundle;
	private final SortedSet<String> paths = new TreeSet<>();
	/** What lies where; only what is followed is looked through. */
	private final Once<Index> index = new Once<>(() -> new Index());
	private final Map<String, Code> read = new ConcurrentHashMap<>();
	private final Map<String, String> hashes = new ConcurrentHashMap<>();

	/**
	 * A file that is no class.
	 *
	 * @param path        its path in the bundle
	 * @param name        its path on the bundle's class path, by which code names it
	 * @param owner       the package in whose folder it lies, or below which
	 * @param description whether it describes the bundle only
	 */
	record Resource(String path, String name, Optional<String> owner, boolean description) {}

	/**
	 * What a class file, or all those of a nested jar, have in them.
	 *
	 * @param classes names of classes, as {@code com/acme/Lava}
	 * @param texts   texts that may name classes, packages and files
	 */
	record Code(Set<String> classes, Set<String> texts) {}

	BundleFiles(Bundle bundle) {
		this.bundle = bundle;
		collect("/");
	}

	private void collect(String folder) {
		var entries = bundle.getEntryPaths(folder);
		if (entries != null) {
			for (String path : Collections.list(entries)) {
				if (path.endsWith("/")) {
					collect(path);
				} else {
					paths.add(path);
				}
			}
		}
	}

	private final class Index {

		/** Paths of class files, and of nested jars on the bundle's class path, by the class, as {@code com/acme/Lava}. */
		private final Map<String, String> classes = new HashMap<>();
		/** The classes of each package, as {@code com/acme}. */
		private final Map<String, List<String>> packages = new HashMap<>();
		/** Packages that have class files of their own. */
		private final Set<String> folders = new HashSet<>();
		private final List<Resource> resources = new ArrayList<>();
		/** Paths by names. */
		private final Map<String, String> services = new HashMap<>();

		Index() {
			String classPath = bundle.getHeaders("").get(Constants.BUNDLE_CLASSPATH);
			List<String> roots = new ArrayList<>();
			Set<String> jars = new TreeSet<>();
			for (String entry : (classPath == null ? "." : classPath).split(",")) {
				String path = entry.split(";")[0].strip();
				if (paths.contains(path)) {
					jars.add(path);
				} else {
					roots.add(path.equals(".") ? "" : path.replaceAll("^/|/$", "") + "/");
				}
			}
			for (String root : roots) {
				paths.stream().filter(path -> path.startsWith(root) && path.endsWith(CLASS)).forEach(path -> {
					String name = path.substring(root.length(), path.length() - CLASS.length());
					add(name, path);
					folders.add(packageOf(name));
				});
			}
			for (String jar : jars) {
				visit(jar, (name, bytes) -> add(name.substring(0, name.length() - CLASS.length()), jar));
			}
			for (String path : paths) {
				if (!jars.contains(path) && !path.endsWith(CLASS) && !path.endsWith(SOURCE)) {
					String root = roots.stream().filter(path::startsWith).max(Comparator.comparing(String::length)).orElse("");
					resource(path, path.substring(root.length()));
				}
			}
		}

		private void add(String name, String path) {
			if (!name.endsWith("package-info") && !name.endsWith("module-info") && !name.startsWith("META-INF/")) {
				classes.putIfAbsent(name, path);
				packages.computeIfAbsent(packageOf(name), key -> new ArrayList<>()).add(name);
			}
		}

		private void resource(String path, String name) {
			if (name.startsWith(SERVICES)) {
				services.put(name, path);
			}
			String owner = packageOf(name);
			while (!owner.isEmpty() && !folders.contains(owner)) {
				owner = packageOf(owner);
			}
			resources.add(new Resource(path, name, owner.isEmpty() ? Optional.empty() : Optional.of(owner),
					DESCRIPTION.matcher(path).matches()));
		}
	}

	/**
	 * @param name a class, as {@code com/acme/Lava}
	 * @return its package, as {@code com/acme}; empty for the unnamed one
	 */
	static String packageOf(String name) {
		return name.substring(0, Math.max(0, name.lastIndexOf('/')));
	}

	/** @return the symbolic name of the bundle */
	String bundle() {
		return bundle.getSymbolicName();
	}

	/** @return paths of all files that do not only describe the bundle */
	List<String> all() {
		return paths.stream()
				.filter(path -> path.endsWith(CLASS) || !path.endsWith(SOURCE) && !DESCRIPTION.matcher(path).matches()).toList();
	}

	/**
	 * @param name a class, as {@code com/acme/Lava}
	 * @return the path of its file, or of the nested jar that has it; null if it is not here
	 */
	String path(String name) {
		return index.get().classes.get(name);
	}

	/**
	 * @param name a package, as {@code com/acme}
	 * @return its classes here
	 */
	List<String> classes(String name) {
		return name.isEmpty() ? List.of() : index.get().packages.getOrDefault(name, List.of());
	}

	/** @return paths of all files that have classes */
	Set<String> code() {
		return new TreeSet<>(index.get().classes.values());
	}

	/** @return all files that have no classes */
	List<Resource> resources() {
		return index.get().resources;
	}

	/**
	 * The implementations that are registered here for {@link java.util.ServiceLoader}.
	 *
	 * @param type a type, as {@code com/acme/Lava}
	 * @return their classes, as {@code com/acme/RedLava}
	 */
	List<String> services(String type) {
		String path = index.get().services.get(SERVICES + type.replace('/', '.'));
		return path == null ? List.of()
				: new String(bytes(path), StandardCharsets.UTF_8).lines()
						.map(line -> line.replaceAll("#.*", "").strip().replace('.', '/')).filter(line -> !line.isEmpty()).toList();
	}

	/**
	 * Reads what names other code in a file.
	 *
	 * @param path a class file or nested jar
	 * @return what it names
	 */
	Code read(String path) {
		return read.computeIfAbsent(path, key -> {
			Code code = new Code(new HashSet<>(), new HashSet<>());
			visit(path, (name, bytes) -> ClassFile.read(bytes, code.classes(), code.texts()));
			return code;
		});
	}

	/**
	 * @param path any file
	 * @return a hash of its content
	 */
	String hash(String path) {
		return hashes.computeIfAbsent(path, key -> {
			MessageDigest digest = sha256();
			digest(path, digest);
			return HexFormat.of().formatHex(digest.digest());
		});
	}

	/**
	 * Adds a file's content to a hash.
	 *
	 * @param path   any file
	 * @param digest the hash
	 */
	void digest(String path, MessageDigest digest) {
		byte[] buffer = new byte[1 << 16];
		try (InputStream in = open(path)) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				digest.update(buffer, 0, n);
			}
		} catch (IOException e) {
			throw unreadable(path, e);
		}
	}

	/** Something that is done with a class file. */
	@FunctionalInterface
	private interface Visitor {

		void visit(String name, byte[] bytes) throws IOException;
	}

	/** Visits a class file, or those of a nested jar. */
	private void visit(String path, Visitor visitor) {
		byte[] all = bytes(path);
		try {
			if (!path.endsWith(JAR)) {
				hashes.computeIfAbsent(path, key -> HexFormat.of().formatHex(sha256().digest(all)));
				visitor.visit(path, all);
				return;
			}
			try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(all))) {
				for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
					if (entry.getName().endsWith(CLASS)) {
						visitor.visit(entry.getName(), jar.readAllBytes());
					}
				}
			}
		} catch (IOException e) {
			throw unreadable(path, e);
		}
	}

	private byte[] bytes(String path) {
		try (InputStream in = open(path)) {
			return in.readAllBytes();
		} catch (IOException e) {
			throw unreadable(path, e);
		}
	}

	private InputStream open(String path) throws IOException {
		URL url = bundle.getEntry(path);
		if (url == null) {
			throw new IOException("it is not there any more");
		}
		return url.openStream();
	}

	private UncheckedIOException unreadable(String path, IOException cause) {
		return new UncheckedIOException("bundle " + bundle.getSymbolicName() + ": " + path
				+ " cannot be read, so its code cannot be identified", cause);
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java platform has SHA-256, this one does not", e);
		}
	}
}
