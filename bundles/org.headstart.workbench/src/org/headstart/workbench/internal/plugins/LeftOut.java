package org.headstart.workbench.internal.plugins;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.headstart.engine.internal.catalog.Problem;
import org.headstart.runtime.internal.Installation;
import org.osgi.service.prefs.BackingStoreException;

/** Opens the Plug-ins view when contributions had to be left out. */
public final class LeftOut {

	private static final String BUNDLE = "org.headstart.workbench";
	private static final String SEEN = "plugins.leftOut.seen";

	private LeftOut() {}

	/**
	 * Opens the view if something was left out that was not left out at the last start. Not for the UI thread.
	 *
	 * @param workbench the workbench
	 */
	public static void show(IWorkbench workbench) {
		List<Problem> problems = Installation.current().catalog().problems();
		IEclipsePreferences preferences = InstanceScope.INSTANCE.getNode(BUNDLE);
		String now = problems.stream().map(Problem::message).collect(Collectors.joining("\n"));
		if (now.equals(preferences.get(SEEN, ""))) {
			return;
		}
		preferences.put(SEEN, now);
		try {
			preferences.flush();
		} catch (BackingStoreException e) {
			ILog.of(LeftOut.class).warn("Cannot remember which plug-ins' problems were shown", e);
		}
		if (!problems.isEmpty()) {
			workbench.getDisplay().asyncExec(() -> open(workbench));
		}
	}

	private static void open(IWorkbench workbench) {
		for (IWorkbenchWindow window : workbench.getWorkbenchWindows()) {
			IWorkbenchPage page = window.getActivePage();
			if (page != null) {
				try {
					page.showView(PluginsView.ID, null, IWorkbenchPage.VIEW_VISIBLE);
					return;
				} catch (PartInitException e) {
					ILog.of(LeftOut.class).error("Cannot show what was left out", e);
				}
			}
		}
	}
}
