package org.headstart.workbench.internal.run;

import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IPartListener2;
import org.eclipse.ui.ISources;
import org.eclipse.ui.IWindowListener;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.services.IEvaluationService;

/** Updates the commands' labels when another editor becomes active, or when a run begins or ends. */
public final class ExperimentsInFront extends JobChangeAdapter implements IPartListener2, IWindowListener {

	private static final String[] COMMANDS = {"org.headstart.workbench.run", "org.headstart.workbench.stop",
			"org.headstart.workbench.openReport"};

	private final IWorkbench workbench;

	private ExperimentsInFront(IWorkbench workbench) {
		this.workbench = workbench;
	}

	/**
	 * Begins. Called on the UI thread.
	 *
	 * @param workbench the workbench
	 */
	public static void follow(IWorkbench workbench) {
		ExperimentsInFront follower = new ExperimentsInFront(workbench);
		for (IWorkbenchWindow window : workbench.getWorkbenchWindows()) {
			follower.windowOpened(window);
		}
		workbench.addWindowListener(follower);
		Job.getJobManager().addJobChangeListener(follower);
	}

	private void update() {
		ICommandService commands = workbench.getService(ICommandService.class);
		for (String command : COMMANDS) {
			commands.refreshElements(command, null);
		}
		workbench.getService(IEvaluationService.class).requestEvaluation(ISources.ACTIVE_EDITOR_NAME);
	}

	private void updateSoon(IJobChangeEvent event) {
		Display display = workbench.getDisplay();
		if (event.getJob() instanceof ExperimentRunJob && display != null && !display.isDisposed()) {
			display.asyncExec(() -> {
				if (!workbench.isClosing()) {
					update();
				}
			});
		}
	}

	@Override
	public void scheduled(IJobChangeEvent event) {
		updateSoon(event);
	}

	@Override
	public void done(IJobChangeEvent event) {
		updateSoon(event);
	}

	@Override
	public void partActivated(IWorkbenchPartReference part) {
		update();
	}

	@Override
	public void partBroughtToTop(IWorkbenchPartReference part) {
		update();
	}

	@Override
	public void partClosed(IWorkbenchPartReference part) {
		update();
	}

	@Override
	public void partInputChanged(IWorkbenchPartReference part) {
		update();
	}

	@Override
	public void windowOpened(IWorkbenchWindow window) {
		window.getPartService().addPartListener(this);
		update();
	}

	@Override
	public void windowClosed(IWorkbenchWindow window) {
		window.getPartService().removePartListener(this);
	}

	@Override
	public void windowActivated(IWorkbenchWindow window) {
		update();
	}

	@Override
	public void windowDeactivated(IWorkbenchWindow window) {
		// the active experiment is still the same
	}
}
