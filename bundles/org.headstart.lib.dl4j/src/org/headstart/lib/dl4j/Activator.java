package org.headstart.lib.dl4j;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Prepares ND4J before any class of this bundle is used; leaves loading the natives to {@link Nd4jStartup#ensure()}. */
public final class Activator implements BundleActivator {

	@Override
	public void start(BundleContext context) {
		Nd4jStartup.configure();
	}

	@Override
	public void stop(BundleContext context) {
		// Natives cannot be unloaded; nothing else is held.
	}
}
