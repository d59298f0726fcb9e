package org.headstart.runtime.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Problem;
import org.headstart.engine.internal.execution.CatalogCheck;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;
import org.headstart.runtime.internal.ExampleExperiments.Example;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The running installation of Headstart: the bundles in its plug-in folders, the catalog of all bundles' contributions, and
 * their examples. Thread-safe.
 */
public final class Installation {

	private static final Installation CURRENT = new Installation();

	private final BundleContext context;
	private final PluginFolders pluginFolders;
	private final RegistryCatalog registryCatalog;
	private final ExampleExperiments examples;

	private Installation() {
		Bundle bundle = FrameworkUtil.getBundle(Installation.class);
		if (bundle == null || bundle.getBundleContext() == null) {
			throw new IllegalStateException("bundle org.headstart.runtime is not started; it needs an OSGi framework");
		}
		// the framework's context, which outlives a restart of this bundle
		context = bundle.getBundleContext().getBundle(0).getBundleContext();
		IExtensionRegistry registry = RegistryFactory.getRegistry();
		if (registry == null) {
			throw new IllegalStateException("there is no extension registry: bundle org.eclipse.equinox.registry is missing");
		}
		pluginFolders = new PluginFolders(context, PluginFolders.ofEnvironment());
		registryCatalog = new RegistryCatalog(registry, context);
		examples = new ExampleExperiments(context);
	}

	/**
	 * The installation of this process. The first call installs the bundles of the plug-in folders.
	 *
	 * @return the installation
	 */
	public static Installation current() {
		return CURRENT;
	}

	/** @return the present contributions; the catalog's problems include those of the plug-in folders */
	public Catalog catalog() {
		Catalog catalog = registryCatalog.catalog();
		if (pluginFolders.problems().isEmpty()) {
			return catalog;
		}
		return new Catalog(catalog.environments(), catalog.wrappers(), catalog.backbones(), catalog.learners(), catalog.losses(),
				catalog.strategies(), catalog.executors(), catalog.code(), withPluginFolders(catalog.problems()));
	}

	/**
	 * Checks every contribution with {@link CatalogCheck}, and reads every example.
	 *
	 * @return one problem for each broken contribution, bundle or example; empty when there are none
	 */
	public List<Problem> check() {
		List<Problem> problems = new ArrayList<>(withPluginFolders(registryCatalog.check()));
		for (Example example : examples.all().values()) {
			String origin = "bundle " + example.bundle() + ", example '" + example.name() + "': ";
			try {
				ExperimentReader.read(example.text(), example.name() + ExampleExperiments.SUFFIX, catalog(), Map.of()).problems()
						.stream().filter(problem -> problem.severity() == Severity.ERROR)
						.forEach(problem -> problems.add(new Problem(example.bundle(), "", origin + problem)));
			} catch (IOException e) {
				problems.add(new Problem(example.bundle(), "", origin + "it cannot be read: " + e));
			}
		}
		return problems;
	}

	private List<Problem> withPluginFolders(List<Problem> problems) {
		List<Problem> all = new ArrayList<>(pluginFolders.problems());
		all.addAll(problems);
		return all;
	}

	/** @return the examples of all bundles */
	public ExampleExperiments examples() {
		return examples;
	}

	/** @return the version of this bundle, which is the product's version */
	public String version() {
		return FrameworkUtil.getBundle(Installation.class).getVersion().toString();
	}

	/** @return the folder that Headstart is installed in */
	public static Path home() {
		return HeadlessCommand.home();
	}
}
