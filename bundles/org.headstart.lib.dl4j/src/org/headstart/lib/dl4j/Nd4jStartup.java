package org.headstart.lib.dl4j;

import java.nio.file.Path;

import org.deeplearning4j.config.DL4JClassLoading;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Starts ND4J with the settings Headstart relies on: one thread, natives unpacked into a cache of their own.
 *
 * <p>Starting costs 0.4 s (2 s when the natives are unpacked for the first time on a machine), so it happens on first
 * need. Call {@link #ensure()} before the first use of DL4J or ND4J; it works inside and outside of OSGi. To keep the
 * unpacked natives (400 MB) elsewhere, set the system property {@value #CACHE_PROPERTY}.
 */
public final class Nd4jStartup {

	static final String CACHE_PROPERTY = "org.bytedeco.javacpp.cachedir";

	/** javacpp unpacks into a flat folder without versions, so other products' versions need a folder of their own. */
	private static final String CACHE_FOLDER = "javacpp-1.5.7-nd4j-1.0.0-M2.1";

	private static volatile boolean started;

	private Nd4jStartup() {}

	/**
	 * Loads ND4J's natives and limits them to one thread. Idempotent and thread safe; the first call blocks the others.
	 *
	 * @throws IllegalStateException if the natives for this platform are missing or cannot be loaded; ND4J stays
	 *         unusable in this process
	 */
	public static void ensure() {
		if (started) {
			return;
		}
		synchronized (Nd4jStartup.class) {
			if (!started) {
				configure();
				start();
				started = true;
			}
		}
	}

	/** Sets the properties that are needed before the first class of javacpp or ND4J is loaded. Cheap: it loads no natives. */
	static void configure() {
		setIfAbsent(CACHE_PROPERTY, cacheFolder().toString());
		// javacpp otherwise reads /proc on every allocation: a quarter of the time of a small training step.
		setIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
		setIfAbsent("org.nd4j.log.initialization", "false");
		// Both would otherwise use the thread's context class loader, which may not see this bundle.
		ND4JClassLoading.setNd4jClassloader(Nd4jStartup.class.getClassLoader());
		DL4JClassLoading.setDl4jClassloader(Nd4jStartup.class.getClassLoader());
	}

	private static void start() {
		try {
			// The first array loads the backend; asking for its environment or BLAS earlier breaks Nd4j for good.
			Nd4j.create(1).close();
			// More threads make nets of this size slower, and one thread keeps results deterministic.
			Nd4j.getEnvironment().setMaxMasterThreads(1);
			Nd4j.factory().blas().setMaxThreads(1);
		} catch (LinkageError | RuntimeException e) {
			throw new IllegalStateException("ND4J cannot start on " + System.getProperty("os.name") + " "
					+ System.getProperty("os.arch") + ": its native libraries are missing or cannot be loaded. "
					+ "Install the fragment org.headstart.lib.dl4j.<os>.<arch> for this platform, and make sure that "
					+ System.getProperty(CACHE_PROPERTY) + " can be written and holds 400 MB.", e);
		}
	}

	private static Path cacheFolder() {
		String xdg = System.getenv("XDG_CACHE_HOME");
		Path caches = xdg != null && Path.of(xdg).isAbsolute() ? Path.of(xdg)
				: Path.of(System.getProperty("user.home"), ".cache");
		return caches.resolve("headstart").resolve(CACHE_FOLDER);
	}

	private static void setIfAbsent(String property, String value) {
		if (System.getProperty(property) == null) {
			System.setProperty(property, value);
		}
	}
}
