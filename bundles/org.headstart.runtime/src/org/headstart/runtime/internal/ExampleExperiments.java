package org.headstart.runtime.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The example experiments of all bundles: their files {@code examples/NAME.experiment.yaml}. If two files have the same
 * name, that of a Headstart bundle is used, then that of the first bundle by name. Thread-safe.
 */
public final class ExampleExperiments {

	private static final String FOLDER = "examples/";
	/** The suffix of every experiment file's name. */
	public static final String SUFFIX = ".experiment.yaml";

	private final BundleContext context;

	ExampleExperiments(BundleContext context) {
		this.context = context;
	}

	/**
	 * One example.
	 *
	 * @param name   the file's name without its suffix
	 * @param bundle the bundle that contains it
	 * @param file   its location
	 */
	public record Example(String name, String bundle, URL file) {

		private static final Pattern DESCRIPTION = Pattern.compile("^description:\\s*(.+?)\\s*$", Pattern.MULTILINE);

		/**
		 * @return the first line of the file's key {@code description}; empty when the file cannot be read
		 */
		public String description() {
			try {
				Matcher matcher = DESCRIPTION.matcher(text());
				return matcher.find() ? matcher.group(1).replaceAll("^[\"']|[\"']$", "") : "";
			} catch (IOException e) {
				// A list still shows the name; the error is reported when the example is used.
				return "";
			}
		}

		/**
		 * @return the experiment file's text
		 * @throws IOException when it cannot be read
		 */
		public String text() throws IOException {
			try (InputStream in = file.openStream()) {
				return new String(in.readAllBytes(), StandardCharsets.UTF_8);
			}
		}
	}

	/** @return all examples by name */
	public SortedMap<String, Example> all() {
		SortedMap<String, Example> examples = new TreeMap<>();
		List<Bundle> bundles = Arrays.asList(context.getBundles());
		bundles.sort(Comparator.comparing((Bundle bundle) -> !name(bundle).startsWith("org.headstart."))
				.thenComparing(ExampleExperiments::name));
		for (Bundle bundle : bundles) {
			// The framework and the platform's bundles have no examples; searching their jars takes time.
			if (bundle.getBundleId() == 0 || name(bundle).startsWith("org.eclipse.")) {
				continue;
			}
			Enumeration<String> paths = bundle.getEntryPaths(FOLDER);
			for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
				if (path.endsWith(SUFFIX)) {
					String name = path.substring(path.lastIndexOf('/') + 1, path.length() - SUFFIX.length());
					examples.putIfAbsent(name, new Example(name, name(bundle), bundle.getEntry(path)));
				}
			}
		}
		return examples;
	}

	/**
	 * @param name an example's name
	 * @return the example, if there is one
	 */
	public Optional<Example> find(String name) {
		return Optional.ofNullable(all().get(name));
	}

	private static String name(Bundle bundle) {
		return bundle.getSymbolicName() == null ? "" : bundle.getSymbolicName();
	}
}
