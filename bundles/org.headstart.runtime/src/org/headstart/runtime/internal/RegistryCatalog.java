package org.headstart.runtime.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.ContributorFactoryOSGi;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtension;
import org.eclipse.core.runtime.IExtensionPoint;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.IRegistryEventListener;
import org.eclipse.core.runtime.InvalidRegistryObjectException;
import org.headstart.api.settings.Spelling;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.CodeVersion;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.Problem;
import org.headstart.engine.internal.execution.CatalogCheck;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The catalog of the contributions of all bundles, read from the extension registry. Thread-safe.
 *
 * <p>Only descriptors are read; a contribution's classes are loaded when first used, and broken ones then throw
 * {@link BrokenContributionException}. A contribution with an invalid description is left out and reported in
 * {@link Catalog#problems()}; the others are not affected.
 *
 * <p>If two contributions have the same id, the first one is used and the other one is a problem. The order is: Headstart's
 * own bundles, then the others, each by bundle name; within a bundle the order of its plugin.xml. So the meaning of an
 * experiment file does not depend on other installed bundles.
 */
public final class RegistryCatalog implements AutoCloseable {

	private static final Pattern LOWER_KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
	private static final List<String> ATTRIBUTES = List.of("id", "name", "description", "class", "settings");
	/** Bundles on whose code every step depends. */
	private static final List<String> COMMON_BUNDLES = List.of("org.headstart.api", "org.headstart.engine",
			"org.headstart.lib.dl4j", "org.headstart.nn");

	private final IExtensionRegistry registry;
	private final BundleContext context;
	private final ContributionCode code = new ContributionCode(COMMON_BUNDLES);
	private final Resync listener = new Resync();
	/** Counts the registry's changes, so that a catalog that was read during a change is not kept. */
	private final AtomicInteger changes = new AtomicInteger();
	private volatile Catalog catalog;

	/**
	 * Makes a catalog of a registry; {@link #close()} removes its listener.
	 *
	 * @param registry the registry
	 * @param context  a valid context, to find bundles by
	 */
	public RegistryCatalog(IExtensionRegistry registry, BundleContext context) {
		this.registry = registry;
		this.context = context;
		registry.addListener(listener);
		context.addBundleListener(listener);
	}

	@Override
	public void close() {
		context.removeBundleListener(listener);
		registry.removeListener(listener);
	}

	/** @return the present contributions; read again after bundles were installed or removed */
	public Catalog catalog() {
		Catalog current = catalog;
		if (current == null) {
			int before = changes.get();
			current = read();
			if (changes.get() == before) {
				catalog = current;
			}
		}
		return current;
	}

	/**
	 * Checks every contribution with {@link CatalogCheck}.
	 *
	 * @return one problem for each broken contribution, those of {@link Catalog#problems()} first; empty when there are none
	 */
	public List<Problem> check() {
		Catalog checked = catalog();
		List<Problem> problems = new ArrayList<>(checked.problems());
		problems.addAll(CatalogCheck.check(checked));
		return problems;
	}

	private Catalog read() {
		List<Problem> problems = new ArrayList<>();
		unknownPoints(problems);
		return new Catalog(read(ExtensionPoint.ENVIRONMENTS, problems), read(ExtensionPoint.WRAPPERS, problems),
				read(ExtensionPoint.BACKBONES, problems),
				read(ExtensionPoint.LEARNERS, problems), read(ExtensionPoint.LOSSES, problems),
				read(ExtensionPoint.STRATEGIES, problems), read(ExtensionPoint.EXECUTORS, problems), new Once<>(this::commonCode),
				problems);
	}

	/** Reports extensions of unknown points, which the registry accepts silently. */
	private void unknownPoints(List<Problem> problems) {
		List<String> known = ExtensionPoint.ALL.stream().map(ExtensionPoint::id).toList();
		for (Bundle bundle : context.getBundles()) {
			if ((bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) != 0 || bundle.getSymbolicName() == null
					|| bundle.getSymbolicName().startsWith("org.eclipse.")) {
				continue;
			}
			try {
				for (IExtension extension : registry.getExtensions(ContributorFactoryOSGi.createContributor(bundle))) {
					String point = extension.getExtensionPointUniqueIdentifier();
					Optional<String> meant = Spelling.nearest(point, known);
					if (!known.contains(point) && (point.startsWith(ExtensionPoint.NAMESPACE + '.') || meant.isPresent())) {
						problems.add(new Problem(bundle.getSymbolicName(), "", "bundle " + bundle.getSymbolicName()
								+ ": there is no extension point " + point + meant.map(near -> "; did you mean '" + near + "'?")
										.orElse("; there are " + String.join(", ", known))));
					}
				}
			} catch (InvalidRegistryObjectException e) {
				// the bundle was removed during the reading
				continue;
			}
		}
	}

	/** Side by side, because these bundles have most of all code. */
	private SortedMap<String, String> commonCode() {
		return Arrays.stream(context.getBundles()).filter(bundle -> COMMON_BUNDLES.contains(bundle.getSymbolicName())).parallel()
				.collect(Collectors.toMap(Bundle::getSymbolicName, code::version, (one, other) -> one, TreeMap::new));
	}

	private <T> SortedMap<String, Contribution<T>> read(ExtensionPoint<T> point, List<Problem> problems) {
		SortedMap<String, Contribution<T>> contributions = new TreeMap<>();
		IExtensionPoint registered = registry.getExtensionPoint(point.id());
		if (registered == null) {
			problems.add(new Problem(ExtensionPoint.NAMESPACE, "", "the extension point " + point.id()
					+ " is missing: bundle " + ExtensionPoint.NAMESPACE + " is not installed or not resolved"));
			return contributions;
		}
		List<IConfigurationElement> elements = new ArrayList<>(
				Arrays.asList(registered.getConfigurationElements()));
		elements.sort(Comparator.comparing(RegistryCatalog::isForeign).thenComparing(RegistryCatalog::bundleName));
		for (IConfigurationElement element : elements) {
			try {
				read(point, element, contributions);
			} catch (IllegalArgumentException e) {
				String id = element.getAttribute("id");
				problems.add(new Problem(bundleName(element), id == null ? "" : id, e.getMessage()));
			} catch (InvalidRegistryObjectException e) {
				// Its bundle was removed during the reading: the registry tells the listener, and the next catalog is without it.
				continue;
			}
		}
		return contributions;
	}

	private <T> void read(ExtensionPoint<T> point, IConfigurationElement element,
			SortedMap<String, Contribution<T>> contributions) {
		String id = element.getAttribute("id");
		String where = "bundle " + bundleName(element) + ", extension of " + point.id() + ", <" + element.getName()
				+ (id == null ? ">" : " id=\"" + id + "\">") + ": ";
		require(element.getName().equals(point.element()),
				where + "unknown element; this point takes <" + point.element() + ">");
		Set<String> missing = new TreeSet<>();
		for (String attribute : ATTRIBUTES) {
			String value = element.getAttribute(attribute);
			if (value == null || value.isBlank()) {
				missing.add(attribute);
			}
		}
		require(missing.isEmpty(), where + "missing " + String.join(", ", missing));
		Set<String> unknown = new TreeSet<>(Arrays.asList(element.getAttributeNames()));
		unknown.removeAll(ATTRIBUTES);
		require(unknown.isEmpty(), where + "unknown attribute " + String.join(", ", unknown) + "; there are "
				+ String.join(", ", ATTRIBUTES));
		require(element.getChildren().length == 0,
				where + "unknown element inside; <" + point.element() + "> takes attributes only");
		require(LOWER_KEBAB_CASE.matcher(id).matches(),
				where + "the id is not in lower kebab case, as 'point-goal' is");
		Contribution<T> first = contributions.get(id);
		require(first == null, where + "the id is taken already, by bundle " + (first == null ? "" : first.bundle())
				+ ", whose " + point.element() + " is used");
		contributions.put(id, contribution(point, element, id));
	}

	private static void require(boolean condition, String problem) {
		if (!condition) {
			throw new IllegalArgumentException(problem);
		}
	}

	private <T> Contribution<T> contribution(ExtensionPoint<T> point, IConfigurationElement element, String id) {
		String bundle = bundleName(element);
		String origin = "bundle " + bundle + ", " + point.element() + " '" + id + "'";
		String className = element.getAttribute("class");
		String settingsName = element.getAttribute("settings");
		return new Contribution<>(point.element(), id, element.getAttribute("name"), element.getAttribute("description"), bundle,
				new ElementCode(element, point.element() + " " + id + " " + className + " " + settingsName,
						List.of(className.split(":")[0].strip(), settingsName),
						origin),
				new Once<>(() -> settings(element, settingsName, origin)),
				new Once<>(() -> instance(point, element, className, origin)));
	}

	private static <T> T instance(ExtensionPoint<T> point, IConfigurationElement element, String className,
			String origin) {
		Object instance;
		try {
			instance = element.createExecutableExtension("class");
		} catch (CoreException | RuntimeException | Error e) {
			throw broken(origin + ": class " + className + " cannot be made: ", e, element, origin);
		}
		if (!point.type().isInstance(instance)) {
			throw new BrokenContributionException(
					origin + ": class " + className + " does not implement " + point.type().getName(), null);
		}
		return point.cast().apply(instance);
	}

	private static BrokenContributionException broken(String what, Throwable thrown, IConfigurationElement element,
			String origin) {
		if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
			throw error;
		}
		ClassLoader loader = null;
		try {
			loader = host(element, origin).adapt(BundleWiring.class).getClassLoader();
		} catch (BrokenContributionException gone) {
			// then the location of its code is unknown
			thrown.addSuppressed(gone);
		}
		return new BrokenContributionException(what + BrokenContributionException.told(innermost(thrown), loader), thrown);
	}

	private Class<? extends Record> settings(IConfigurationElement element, String className, String origin) {
		Class<?> loaded;
		try {
			loaded = host(element, origin).loadClass(className);
		} catch (BrokenContributionException e) {
			throw e;
		} catch (ClassNotFoundException | RuntimeException | Error e) {
			throw broken(origin + ": settings class " + className + " cannot be loaded: ", e, element, origin);
		}
		if (!loaded.isRecord()) {
			throw new BrokenContributionException(origin + ": settings class " + className + " is not a record", null);
		}
		return loaded.asSubclass(Record.class);
	}

	/** The bundle whose class loader sees the contribution's classes: a fragment has none of its own. */
	private static Bundle host(IConfigurationElement element, String origin) {
		try {
			Bundle bundle = ContributorFactoryOSGi.resolve(element.getContributor());
			BundleWiring wiring = bundle == null ? null : bundle.adapt(BundleWiring.class);
			if (wiring != null) {
				var hosts = wiring.getRequiredWires(HostNamespace.HOST_NAMESPACE);
				return hosts.isEmpty() ? bundle : hosts.get(0).getProvider().getBundle();
			}
		} catch (InvalidRegistryObjectException e) {
			throw new BrokenContributionException(origin + ": the bundle was removed", e);
		}
		throw new BrokenContributionException(origin + ": the bundle was removed", null);
	}

	/** The original cause: the registry wraps it several times, and only the innermost exception has a useful message. */
	private static Throwable innermost(Throwable problem) {
		Throwable cause = problem;
		while (cause instanceof CoreException core && core.getStatus().getException() != null
				&& core.getStatus().getException() != cause) {
			cause = core.getStatus().getException();
		}
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	private static String bundleName(IConfigurationElement element) {
		return element.getContributor().getName();
	}

	private static boolean isForeign(IConfigurationElement element) {
		return !bundleName(element).startsWith("org.headstart.");
	}

	/** The code of the contribution that an element describes. */
	private final class ElementCode implements CodeVersion {

		private final IConfigurationElement element;
		private final String origin;
		private final Once<String> whole;

		ElementCode(IConfigurationElement element, String text, List<String> classes, String origin) {
			this.element = element;
			this.origin = origin;
			whole = new Once<>(() -> code.version(host(element, origin), text, classes));
		}

		@Override
		public String whole() {
			return whole.get();
		}

		@Override
		public String of(Collection<Class<?>> classes) {
			return code.version(host(element, origin), classes);
		}
	}

	/**
	 * Discards the catalog when bundles are installed or removed. The registry reports changes with a delay and the
	 * framework at once, so the contributions of a newly installed bundle are in the next catalog.
	 */
	private final class Resync implements IRegistryEventListener, SynchronousBundleListener {

		@Override
		public void bundleChanged(BundleEvent event) {
			if (event.getType() == BundleEvent.RESOLVED || event.getType() == BundleEvent.UNRESOLVED) {
				forget();
			}
		}

		@Override
		public void added(IExtension[] extensions) {
			if (Arrays.stream(extensions).anyMatch(extension -> extension.getExtensionPointUniqueIdentifier()
					.startsWith(ExtensionPoint.NAMESPACE + '.'))) {
				forget();
			}
		}

		@Override
		public void removed(IExtension[] extensions) {
			added(extensions);
		}

		@Override
		public void added(IExtensionPoint[] points) {
			forget();
		}

		@Override
		public void removed(IExtensionPoint[] points) {
			forget();
		}

		private void forget() {
			changes.incrementAndGet();
			catalog = null;
		}
	}
}
