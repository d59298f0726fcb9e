package org.headstart.runtime.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.headstart.runtime.internal.BundleFiles.Resource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Identifies the code of contributions: the version of the contribution's bundle and a hash of the classes and resources that the
 * contribution can reach, and of no others, so that a change of one contribution leaves its neighbours' results alone. Thread-safe.
 *
 * <p><b>Classes</b>: the contribution's class and its settings record, and every class that a reached one names, in its own bundle,
 * in fragments of it and in the bundles that it is wired to. A class names another one by using, extending, enclosing or permitting
 * it, in a member's type, in an annotation, or in a text that is the other's whole name ({@code Class.forName}). A text that is a
 * package's name names all its classes. Where a type is reached, so are the classes that {@code META-INF/services} has for it. A
 * nested jar is one: with a class of it, all of it is reached. A few bundles, such as the API, are not followed, because they are
 * identified on their own; nor is the platform. Packages that are imported dynamically are not seen.
 *
 * <p><b>Resources</b> of the bundles and fragments in which a class is reached:
 * <ul>
 * <li>A file that a text of a reached class names counts. A text names a file by its path, by the end of its path, or by a folder
 * on the path that ends with a slash.
 * <li>Otherwise a file in the folder of a package counts, or below it, if a class of that package is reached; the innermost package
 * is what matters.
 * <li>Any other file counts for everybody, unless only classes that are not reached name it by its whole path, or its first folders.
 * <li>What describes the bundle (manifest, {@code plugin.xml}, documentation, licences, sources, icons, example experiments) counts
 * only where a text names it.
 * </ul>
 *
 * <p>Of {@code plugin.xml} the contribution's own id and classes count. Timestamps do not, so code that was built again without a
 * change keeps its version. What cannot be seen in this way (a class or file whose name is put together at run time) is covered by
 * the bundle's version.
 */
final class ContributionCode {

	private static final int HASH_DIGITS = 16;
	/** Where a string concatenation has its operands. */
	private static final String OPERANDS = "[\u0001\u0002]";

	private final List<String> notFollowed;
	private final Map<String, BundleFiles> files = new ConcurrentHashMap<>();

	/**
	 * @param notFollowed names of bundles that are not part of another one's code, because they are identified on their own
	 */
	ContributionCode(List<String> notFollowed) {
		this.notFollowed = notFollowed;
	}

	/**
	 * Identifies all of a bundle.
	 *
	 * @param bundle a resolved bundle
	 * @return its version and a hash of its classes and resources, for example {@code 1.0.0.dev-3f2a…}
	 */
	String version(Bundle bundle) {
		BundleFiles all = files(bundle);
		MessageDigest digest = BundleFiles.sha256();
		digest.update(bundle.getSymbolicName().getBytes(StandardCharsets.UTF_8));
		for (String path : all.all()) {
			digest.update(("\n" + path + " ").getBytes(StandardCharsets.UTF_8));
			all.digest(path, digest);
		}
		return version(bundle, digest);
	}

	/**
	 * Identifies a contribution.
	 *
	 * @param bundle  the bundle whose class loader sees its classes
	 * @param element what its element in {@code plugin.xml} says of it that decides results
	 * @param classes the classes that the element names
	 * @return the bundle's version and a hash, for example {@code 1.0.0.dev-3f2a…}
	 */
	String version(Bundle bundle, String element, List<String> classes) {
		Reached reached = new Reached();
		classes.forEach(name -> reached.name(bundle, name));
		return version(bundle, element, reached.hashes());
	}

	/**
	 * Identifies the code of what a contribution made.
	 *
	 * @param bundle  the contribution's bundle
	 * @param classes classes of the things made
	 * @return the bundle's version and a hash, for example {@code 1.0.0.dev-3f2a…}
	 */
	String version(Bundle bundle, Collection<Class<?>> classes) {
		Reached reached = new Reached();
		for (Class<?> each : classes) {
			Bundle of = FrameworkUtil.getBundle(each);
			if (of != null) {
				reached.name(of, each.getName());
			}
		}
		return version(bundle, "", reached.hashes());
	}

	private static String version(Bundle bundle, String first, SortedMap<String, String> hashes) {
		MessageDigest digest = BundleFiles.sha256();
		digest.update(first.getBytes(StandardCharsets.UTF_8));
		hashes.forEach((name, hash) -> digest.update(("\n" + name + " " + hash).getBytes(StandardCharsets.UTF_8)));
		return version(bundle, digest);
	}

	private static String version(Bundle bundle, MessageDigest digest) {
		return bundle.getVersion() + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
	}

	/**
	 * The classes and resources that a contribution reaches, for tests and messages.
	 *
	 * @param bundle  the bundle whose class loader sees its classes
	 * @param classes the classes that its element names
	 * @return bundle and path of each, in alphabetical order
	 */
	List<String> reached(Bundle bundle, List<String> classes) {
		Reached reached = new Reached();
		classes.forEach(name -> reached.name(bundle, name));
		return List.copyOf(reached.hashes().keySet());
	}

	private BundleFiles files(Bundle bundle) {
		return files.computeIfAbsent(bundle.getBundleId() + "@" + bundle.getLastModified(), key -> new BundleFiles(bundle));
	}

	private boolean isFollowed(Bundle bundle) {
		// Bundle 0 is the framework with the JDK behind it.
		return bundle.getBundleId() != 0 && !notFollowed.contains(bundle.getSymbolicName());
	}

	/**
	 * Files, and the bundle whose class loader sees them: that of a fragment is its host.
	 *
	 * @param host  the bundle
	 * @param files its files, or those of a fragment
	 */
	private record Place(Bundle host, BundleFiles files) {}

	private record Site(Place place, String path) {}

	/** A bundle with its fragments, and after it those that it is wired to. */
	private List<Place> places(Bundle bundle) {
		Set<Bundle> hosts = new LinkedHashSet<>();
		follow(bundle, hosts);
		List<Place> places = new ArrayList<>();
		for (Bundle host : hosts) {
			places.add(new Place(host, files(host)));
			BundleWiring wiring = host.adapt(BundleWiring.class);
			if (wiring != null) {
				for (BundleWire wire : wiring.getProvidedWires(HostNamespace.HOST_NAMESPACE)) {
					places.add(new Place(host, files(wire.getRequirer().getBundle())));
				}
			}
		}
		return places;
	}

	private void follow(Bundle bundle, Set<Bundle> hosts) {
		if (!isFollowed(bundle) || !hosts.add(bundle)) {
			return;
		}
		BundleWiring wiring = bundle.adapt(BundleWiring.class);
		if (wiring != null) {
			for (BundleWire wire : wiring.getRequiredWires(null)) {
				// A dynamic import is wired when a class is first looked for, so it is there in some processes only.
				if (!PackageNamespace.RESOLUTION_DYNAMIC
						.equals(wire.getRequirement().getDirectives().get(Constants.RESOLUTION_DIRECTIVE))) {
					follow(wire.getProvider().getBundle(), hosts);
				}
			}
		}
	}

	/** What can be reached from the classes that were named. */
	private final class Reached {

		private final Map<Bundle, List<Place>> places = new HashMap<>();
		private final Map<Bundle, Set<String>> named = new HashMap<>();
		private final Set<Site> sites = new LinkedHashSet<>();
		private final Deque<Site> unread = new ArrayDeque<>();
		/** In which packages classes are reached, by their files. */
		private final Map<BundleFiles, Set<String>> packages = new HashMap<>();
		private final Set<String> texts = new HashSet<>();

		/** Reaches a class, {@code com.acme.Lava}, and all that can be reached from it. */
		void name(Bundle from, String className) {
			reach(from, className.replace('.', '/'));
			while (!unread.isEmpty()) {
				Site site = unread.poll();
				BundleFiles.Code code = site.place().files().read(site.path());
				Bundle host = site.place().host();
				code.classes().forEach(each -> reach(host, each));
				for (String text : code.texts()) {
					for (String part : text.split(OPERANDS)) {
						texts.add(part);
						String name = part.replace('.', '/');
						reach(host, name);
						String folder = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
						places(host).forEach(place -> place.files().classes(folder).forEach(each -> reach(host, each)));
					}
				}
			}
		}

		private List<Place> places(Bundle host) {
			return places.computeIfAbsent(host, ContributionCode.this::places);
		}

		private void reach(Bundle from, String name) {
			if (!named.computeIfAbsent(from, key -> new HashSet<>()).add(name)) {
				return;
			}
			for (Place place : places(from)) {
				String path = place.files().path(name);
				if (path != null) {
					packages.computeIfAbsent(place.files(), key -> new HashSet<>()).add(BundleFiles.packageOf(name));
					Site site = new Site(place, path);
					if (sites.add(site)) {
						unread.add(site);
					}
				}
				place.files().services(name).forEach(each -> reach(place.host(), each));
			}
		}

		SortedMap<String, String> hashes() {
			SortedMap<String, String> hashes = new TreeMap<>();
			for (Site site : sites) {
				put(site.place().files(), site.path(), hashes);
			}
			for (BundleFiles each : packages.keySet()) {
				for (Resource resource : each.resources()) {
					if (counts(each, resource)) {
						put(each, resource.path(), hashes);
					}
				}
			}
			return hashes;
		}

		private static void put(BundleFiles files, String path, SortedMap<String, String> hashes) {
			hashes.put(files.bundle() + " " + path, files.hash(path));
		}

		private boolean counts(BundleFiles of, Resource resource) {
			if (texts.stream().anyMatch(text -> names(text, resource.name()))) {
				return true;
			}
			if (resource.description()) {
				return false;
			}
			if (resource.owner().isPresent()) {
				return packages.get(of).contains(resource.owner().get());
			}
			return of.code().stream().flatMap(path -> of.read(path).texts().stream())
					.noneMatch(text -> namesWhole(text, resource.name()));
		}

		private static boolean names(String text, String file) {
			String path = text.startsWith("/") ? text.substring(1) : text;
			return !path.isEmpty() && (file.equals(path) || file.endsWith("/" + path)
					|| path.endsWith("/") && (file.startsWith(path) || file.contains("/" + path)));
		}

		private static boolean namesWhole(String text, String file) {
			for (String part : text.split(OPERANDS)) {
				String path = part.startsWith("/") ? part.substring(1) : part;
				if (!path.isEmpty() && (file.equals(path) || path.endsWith("/") && file.startsWith(path))) {
					return true;
				}
			}
			return false;
		}
	}
}
