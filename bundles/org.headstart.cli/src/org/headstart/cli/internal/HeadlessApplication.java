package org.headstart.cli.internal;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;

/** The application {@code org.headstart.cli.headless}: runs one command of the command line and ends with its exit code. */
public final class HeadlessApplication implements IApplication {

	@Override
	public Object start(IApplicationContext context) {
		String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
		return Headstart.execute(arguments);
	}

	@Override
	public void stop() {
		// Only signals stop a command; long commands listen for them themselves.
	}
}
