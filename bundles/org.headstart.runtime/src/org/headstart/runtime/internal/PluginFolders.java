package org.headstart.runtime.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;

import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;

import org.eclipse.core.runtime.ContributorFactoryOSGi;
import org.eclipse.core.runtime.RegistryFactory;
import org.headstart.engine.internal.catalog.Problem;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Installs third parties' bundles: each jar and each bundle folder in the installation's folder {@code dropins} and in the
 * folders of the environment variable {@value #VARIABLE}. It uninstalls bundles that are no longer there, and updates
 * changed ones.
 */
final class PluginFolders {

	/** The environment variable with further folders or single bundles, separated as in {@code PATH}. */
	static final String VARIABLE = "HEADSTART_PLUGINS";

	/** The prefix of the locations of bundles from plug-in folders; only such bundles are ever uninstalled. */
	private static final String LOCATION = "headstart-plugin:";

	/** The directive without which the registry ignores a bundle's plugin.xml. */
	private static final Pattern SINGLETON = Pattern.compile(";\\s*singleton\\s*:=\\s*\"?true\\b");

	/** The framework's notation for the Java version that a bundle requires. */
	private static final Pattern JAVA = Pattern.compile("osgi\\.ee=JavaSE\\)\\(version=([0-9.]+)\\)");

	private final BundleContext context;
	private final List<Problem> problems = new ArrayList<>();

	/**
	 * Installs the bundles in the folders.
	 *
	 * @param context the framework's context
	 * @param folders folders and single bundles
	 */
	PluginFolders(BundleContext context, List<Path> folders) {
		this.context = context;
		Map<String, Bundle> known = new HashMap<>();
		for (Bundle bundle : context.getBundles()) {
			if (bundle.getLocation().startsWith(LOCATION)) {
				known.put(bundle.getLocation(), bundle);
			}
		}
		List<Bundle> present = new ArrayList<>();
		for (Path file : files(folders)) {
			try {
				present.add(install(file, known.remove(LOCATION + file)));
			} catch (BundleException | IOException e) {
				problem(file.toString(), "plug-in " + file + " cannot be installed: " + e.getMessage());
			}
		}
		for (Bundle gone : known.values()) {
			try {
				gone.uninstall();
			} catch (BundleException e) {
				problem(gone.getSymbolicName(), "plug-in " + gone.getSymbolicName() + " is gone from " + gone.getLocation()
						+ " but cannot be uninstalled: " + e.getMessage());
			}
		}
		if (!present.isEmpty()) {
			resolve(present);
			present.forEach(this::checkDescription);
		}
	}

	/** @return the folders of the installation and of the environment variable, in that order */
	static List<Path> ofEnvironment() {
		List<Path> folders = new ArrayList<>();
		Path dropins = HeadlessCommand.home().resolve("dropins");
		if (Files.isDirectory(dropins)) {
			folders.add(dropins);
		}
		String variable = System.getenv(VARIABLE);
		if (variable != null) {
			for (String folder : variable.split(File.pathSeparator)) {
				if (!folder.isBlank()) {
					folders.add(Path.of(folder).toAbsolutePath().normalize());
				}
			}
		}
		return folders;
	}

	/** @return one problem for each bundle or folder that could not be installed, resolved or read */
	List<Problem> problems() {
		return List.copyOf(problems);
	}

	private void problem(String bundle, String message) {
		problems.add(new Problem(bundle, "", message));
	}

	private Set<Path> files(List<Path> folders) {
		Set<Path> files = new TreeSet<>();
		for (Path folder : folders) {
			if (isBundle(folder)) {
				files.add(folder);
			} else if (Files.isDirectory(folder)) {
				try (Stream<Path> entries = Files.list(folder)) {
					entries.filter(PluginFolders::isBundle).forEach(files::add);
				} catch (IOException e) {
					problem(folder.toString(), "plug-in folder " + folder + " cannot be read: " + e.getMessage());
				}
			} else {
				problem(folder.toString(), folder + ", which " + VARIABLE + " names, is neither a folder nor a bundle");
			}
		}
		return files;
	}

	private static boolean isBundle(Path file) {
		return Files.isDirectory(file) ? Files.isRegularFile(file.resolve("META-INF/MANIFEST.MF"))
				: file.toString().endsWith(".jar") && Files.isRegularFile(file);
	}

	private Bundle install(Path file, Bundle known) throws BundleException, IOException {
		if (known == null && symbolicName(file) == null) {
			throw new IOException("it is no OSGi bundle: its META-INF/MANIFEST.MF has no Bundle-SymbolicName");
		}
		// "reference:" lets the framework read the bundle where it is instead of copying it.
		URI reference = URI.create("reference:" + file.toUri());
		if (known == null) {
			try (InputStream in = reference.toURL().openStream()) {
				return context.installBundle(LOCATION + file, in);
			}
		}
		if (Files.getLastModifiedTime(file).toMillis() > known.getLastModified()) {
			try (InputStream in = reference.toURL().openStream()) {
				known.update(in);
			}
		}
		return known;
	}

	/** Reads the manifest before the installation, because a framework that cannot write gives the same error for every file. */
	private static String symbolicName(Path file) throws IOException {
		Manifest manifest;
		if (Files.isDirectory(file)) {
			try (InputStream in = Files.newInputStream(file.resolve("META-INF/MANIFEST.MF"))) {
				manifest = new Manifest(in);
			}
		} else {
			try (JarFile jar = new JarFile(file.toFile())) {
				manifest = jar.getManifest();
			} catch (ZipException e) {
				throw new IOException("it is no jar: " + e.getMessage(), e);
			}
		}
		return manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
	}

	private void resolve(List<Bundle> bundles) {
		if (context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(bundles)) {
			return;
		}
		for (Bundle bundle : bundles) {
			if (bundle.getState() == Bundle.INSTALLED) {
				problem(bundle.getSymbolicName(), "plug-in " + bundle.getSymbolicName() + " ("
						+ bundle.getLocation().substring(LOCATION.length()) + ") is left out: " + whatIsMissing(bundle));
			}
		}
	}

	/** Reports a plugin.xml that the registry ignores silently. */
	private void checkDescription(Bundle bundle) {
		if (bundle.getState() == Bundle.INSTALLED) {
			return;
		}
		URL description = bundle.getEntry(bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null ? "plugin.xml" : "fragment.xml");
		if (description == null) {
			if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null && !isUsed(bundle)) {
				problem(bundle.getSymbolicName(), "plug-in " + bundle.getSymbolicName() + " ("
						+ bundle.getLocation().substring(LOCATION.length()) + "): it contributes nothing, as it has no plugin.xml, and no"
						+ " other bundle uses it; is plugin.xml missing in bin.includes of its build.properties?");
			}
			return;
		}
		String plugin = "plug-in " + bundle.getSymbolicName() + " (" + bundle.getLocation().substring(LOCATION.length())
				+ "): its plugin.xml ";
		if (!SINGLETON.matcher(bundle.getHeaders().get(Constants.BUNDLE_SYMBOLICNAME)).find()) {
			problem(bundle.getSymbolicName(), plugin + "does not count; write Bundle-SymbolicName: " + bundle.getSymbolicName()
					+ ";singleton:=true in its META-INF/MANIFEST.MF");
			return;
		}
		if (RegistryFactory.getRegistry().getExtensions(ContributorFactoryOSGi.createContributor(bundle)).length > 0) {
			return;
		}
		try (InputStream in = description.openStream()) {
			SAXParserFactory parsers = SAXParserFactory.newInstance();
			parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			parsers.newSAXParser().parse(in, new DefaultHandler());
		} catch (SAXParseException e) {
			problem(bundle.getSymbolicName(), plugin + "is wrong in line " + e.getLineNumber() + ", column " + e.getColumnNumber() + ": "
					+ e.getMessage());
		} catch (SAXException | ParserConfigurationException | IOException e) {
			problem(bundle.getSymbolicName(), plugin + "cannot be read: " + e.getMessage());
		}
	}

	/** Whether a bundle without contributions is used: by other bundles, or for its examples. */
	private static boolean isUsed(Bundle bundle) {
		BundleWiring wiring = bundle.adapt(BundleWiring.class);
		return bundle.getEntryPaths("examples/") != null || wiring != null && !wiring.getProvidedWires(null).isEmpty();
	}

	/**
	 * Finds the missing requirement of a bundle: only an attempt to start it gives the reason. A fragment cannot be started;
	 * it lacks its host.
	 */
	private static String whatIsMissing(Bundle bundle) {
		String host = bundle.getHeaders().get(Constants.FRAGMENT_HOST);
		if (host != null) {
			return "its host is missing: " + host;
		}
		try {
			bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
			return "it could not be resolved at first; start again";
		} catch (BundleException e) {
			String message = e.getMessage().strip();
			Matcher needed = JAVA.matcher(message);
			return needed.find() ? "it needs Java " + needed.group(1) + ", and this is Java " + Runtime.version().feature() + ". " + message
					: message;
		}
	}
}
