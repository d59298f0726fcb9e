package org.headstart.product;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bundle or test fragment of the checkout: what its MANIFEST says, and what its sources are and import.
 *
 * @param name      its symbolic name
 * @param host      the bundle that a fragment belongs to
 * @param folder    its folder
 * @param headers   what its MANIFEST says of others
 * @param packages  the packages of its sources
 * @param used      names that its sources use: packages, and classes with their package
 * @param resources the text of its plugin.xml; empty without one
 */
record BundleSources(String name, Optional<String> host, Path folder, Headers headers, Set<String> packages, Set<String> used,
		String resources) {

	/** The checkout's root. */
	static final Path ROOT = root();

	private static final Pattern CLAUSE = Pattern.compile("\\s*([^;,\"]+)((?:;[^;,\"=]+=(?:\"[^\"]*\"|[^;,\"]*))*)\\s*(?:,|$)");
	private static final Pattern PARAMETER = Pattern.compile(";\\s*([^;,\"=]+?):?=(?:\"([^\"]*)\"|([^;,\"]*))");
	private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+?)(?:\\.\\*)?;");
	private static final Pattern TEXT = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"");
	private static final Pattern QUALIFIED = Pattern.compile("\\b(?:org|com)(?:\\.[a-z]\\w*)+\\.[A-Z]\\w*");

	/**
	 * An entry of a header.
	 *
	 * @param name       a bundle or a package
	 * @param parameters its attributes and directives
	 */
	record Clause(String name, Map<String, String> parameters) {

		/** @return the bundles that may use an exported package; empty when all may */
		Set<String> friends() {
			Set<String> friends = new TreeSet<>();
			for (String friend : parameters.getOrDefault("x-friends", "").split(",")) {
				if (!friend.isBlank()) {
					friends.add(friend.strip());
				}
			}
			return friends;
		}

		boolean reexported() {
			return "reexport".equals(parameters.get("visibility"));
		}
	}

	/**
	 * Headers of a MANIFEST.
	 *
	 * @param exports  the packages that the bundle exports
	 * @param requires the bundles that it requires
	 * @param imports  the packages that it imports
	 */
	record Headers(List<Clause> exports, List<Clause> requires, List<Clause> imports) {}

	List<Clause> exports() {
		return headers.exports();
	}

	List<Clause> requires() {
		return headers.requires();
	}

	List<Clause> imports() {
		return headers.imports();
	}

	/** @return all of the checkout, by name */
	static Map<String, BundleSources> all() throws IOException {
		Map<String, BundleSources> all = new TreeMap<>();
		for (String parent : List.of("bundles", "tests")) {
			try (Stream<Path> folders = Files.list(ROOT.resolve(parent))) {
				for (Path folder : folders.sorted().toList()) {
					Path manifest = folder.resolve("META-INF/MANIFEST.MF");
					if (Files.exists(manifest)) {
						BundleSources bundle = read(folder, manifest);
						all.put(bundle.name(), bundle);
					}
				}
			}
		}
		return all;
	}

	/** @return whether its sources use a class of a package */
	boolean uses(String packageName) {
		return used.contains(packageName);
	}

	boolean isTest() {
		return folder.startsWith(ROOT.resolve("tests"));
	}

	Optional<Clause> requirement(String bundle) {
		return requires().stream().filter(required -> required.name().equals(bundle)).findAny();
	}

	private static BundleSources read(Path folder, Path file) throws IOException {
		Manifest manifest;
		try (InputStream in = Files.newInputStream(file)) {
			manifest = new Manifest(in);
		}
		Set<String> packages = new TreeSet<>();
		Set<String> used = new TreeSet<>();
		Path sources = folder.resolve("src");
		if (Files.isDirectory(sources)) {
			try (Stream<Path> files = Files.walk(sources)) {
				for (Path source : files.filter(path -> path.toString().endsWith(".java")).toList()) {
					packages.add(sources.relativize(source.getParent()).toString().replace('/', '.'));
					String text = Files.readString(source);
					IMPORT.matcher(text).results().forEach(match -> addPackages(match.group(1), used));
					QUALIFIED.matcher(TEXT.matcher(text).replaceAll("\"\"")).results().forEach(match -> addPackages(match.group(), used));
				}
			}
		}
		Path plugin = folder.resolve("plugin.xml");
		List<Clause> host = clauses(manifest, "Fragment-Host");
		return new BundleSources(clauses(manifest, "Bundle-SymbolicName").get(0).name(), host.stream().map(Clause::name).findAny(), folder,
				new Headers(clauses(manifest, "Export-Package"), clauses(manifest, "Require-Bundle"), clauses(manifest, "Import-Package")),
				packages,
				used, Files.exists(plugin) ? Files.readString(plugin) : "");
	}

	/** Adds the package of a name, which ends where the first capital letter begins a part, and the top class with it. */
	private static void addPackages(String name, Set<String> used) {
		Matcher capital = Pattern.compile("^((?:[a-z]\\w*\\.)*[a-z]\\w*)(?:\\.([A-Z]\\w*))?").matcher(name);
		if (capital.find()) {
			used.add(capital.group(1));
			if (capital.group(2) != null) {
				used.add(capital.group(1) + '.' + capital.group(2));
			}
		}
	}

	private static List<Clause> clauses(Manifest manifest, String header) {
		String value = manifest.getMainAttributes().getValue(header);
		List<Clause> clauses = new ArrayList<>();
		if (value != null) {
			CLAUSE.matcher(value).results().forEach(match -> {
				Map<String, String> parameters = new TreeMap<>();
				PARAMETER.matcher(match.group(2)).results().forEach(parameter -> parameters.put(parameter.group(1).strip(),
						parameter.group(2) != null ? parameter.group(2) : parameter.group(3)));
				clauses.add(new Clause(match.group(1).strip(), parameters));
			});
		}
		return clauses;
	}

	private static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(folder.resolve("bundles")) || !Files.isDirectory(folder.resolve("features"))) {
			folder = folder.getParent();
			if (folder == null) {
				throw new IllegalStateException("not started within a checkout of Headstart");
			}
		}
		return folder;
	}
}
