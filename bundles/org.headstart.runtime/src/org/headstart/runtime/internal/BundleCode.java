package org.headstart.runtime.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Identifies bundles' code: the version and a hash of the class files, nested jars and plugin.xml, of the bundle itself and
 * of the bundles it is wired to. Timestamps, manifests and documentation do not count, so code that was built again without
 * a change keeps its version. Thread-safe.
 */
final class BundleCode {

	private static final int HASH_DIGITS = 16;

	private final List<String> notFollowed;
	private final Map<String, String> hashes = new ConcurrentHashMap<>();

	/**
	 * @param notFollowed names of bundles that are not part of another one's code, because they are identified on their own
	 */
	BundleCode(List<String> notFollowed) {
		this.notFollowed = notFollowed;
	}

	/**
	 * @param bundle a resolved bundle
	 * @return its version and a hash, for example {@code 1.0.0.dev-3f2a…}
	 */
	String version(Bundle bundle) {
		SortedSet<Bundle> involved = new TreeSet<>(
				Comparator.comparing(Bundle::getSymbolicName).thenComparing(Bundle::getBundleId));
		if (notFollowed.contains(bundle.getSymbolicName())) {
			involved.add(bundle);
		} else {
			follow(bundle, involved);
		}
		MessageDigest digest = sha256();
		for (Bundle each : involved) {
			digest.update(hash(each).getBytes(StandardCharsets.US_ASCII));
		}
		return bundle.getVersion() + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
	}

	private void follow(Bundle bundle, Set<Bundle> involved) {
		// Bundle 0 is the framework with the JDK behind it.
		if (bundle.getBundleId() == 0 || notFollowed.contains(bundle.getSymbolicName()) || !involved.add(bundle)) {
			return;
		}
		BundleWiring wiring = bundle.adapt(BundleWiring.class);
		if (wiring != null) {
			for (BundleWire wire : wiring.getRequiredWires(null)) {
				follow(wire.getProvider().getBundle(), involved);
			}
		}
	}

	private String hash(Bundle bundle) {
		return hashes.computeIfAbsent(bundle.getBundleId() + "@" + bundle.getLastModified(), key -> computeHash(bundle));
	}

	private static String computeHash(Bundle bundle) {
		SortedMap<String, URL> files = new TreeMap<>();
		collect(bundle, "/", files);
		MessageDigest digest = sha256();
		digest.update(bundle.getSymbolicName().getBytes(StandardCharsets.UTF_8));
		byte[] buffer = new byte[1 << 16];
		for (Map.Entry<String, URL> file : files.entrySet()) {
			digest.update((byte) 0);
			digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
			digest.update((byte) 0);
			try (InputStream in = file.getValue().openStream()) {
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					digest.update(buffer, 0, read);
				}
			} catch (IOException e) {
				throw new UncheckedIOException("bundle " + bundle.getSymbolicName() + ": " + file.getKey()
						+ " cannot be read, so its code cannot be identified", e);
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/** Goes by entry paths, which are the bundle's own; other searches also find those of its fragments, such as tests. */
	private static void collect(Bundle bundle, String folder, Map<String, URL> files) {
		var paths = bundle.getEntryPaths(folder);
		if (paths == null) {
			return;
		}
		for (String path : Collections.list(paths)) {
			if (path.endsWith("/")) {
				collect(bundle, path, files);
			} else if (path.endsWith(".class") || path.endsWith(".jar") || path.equals("plugin.xml")) {
				files.put(path, bundle.getEntry(path));
			}
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java platform has SHA-256, this one does not", e);
		}
	}
}
