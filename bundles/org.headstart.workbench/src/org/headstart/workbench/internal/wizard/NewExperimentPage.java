package org.headstart.workbench.internal.wizard;

import java.io.IOException;
import java.util.List;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.headstart.runtime.internal.ExampleExperiments.Example;
import org.headstart.runtime.internal.Installation;

/** Asks for the example to start from, the project and the file's name. */
final class NewExperimentPage extends WizardPage {

	/** Number of examples that are visible without scrolling. */
	private static final int SHOWN = 10;
	private static final int WIDTH = 820;
	private static final String SUFFIX = ".experiment.yaml";
	/** The engine's syntax of an experiment's name. */
	private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*\\.experiment\\.yaml";

	private final IStructuredSelection selection;
	private final List<Example> examples = List.copyOf(Installation.current().examples().all().values());
	private Table example;
	private Text project;
	private Text file;
	private Text preview;
	/** The text of the new file; null when the chosen example cannot be read. */
	private String text;
	private String unreadable;

	NewExperimentPage(IStructuredSelection selection) {
		super("newExperiment", "Experiment", null);
		this.selection = selection;
		setDescription("Choose an example to start from. You can change the new file as you like.");
	}

	@Override
	public void createControl(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(area);
		GridDataFactory.fillDefaults().indent(0, 4).applyTo(label(area, "&Example:"));
		example = new Table(area, SWT.BORDER | SWT.SINGLE | SWT.FULL_SELECTION | SWT.V_SCROLL);
		TableColumn names = new TableColumn(example, SWT.NONE);
		TableColumn descriptions = new TableColumn(example, SWT.NONE);
		for (Example each : examples) {
			new TableItem(example, SWT.NONE).setText(new String[] {each.name(), each.description()});
		}
		names.pack();
		descriptions.pack();
		GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SHOWN * example.getItemHeight()).applyTo(example);
		label(area, "&Project:");
		project = new Text(area, SWT.BORDER);
		project.setText(selectedProject());
		GridDataFactory.fillDefaults().grab(true, false).applyTo(project);
		label(area, "&File name:");
		file = new Text(area, SWT.BORDER);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(file);
		preview = new Text(area, SWT.BORDER | SWT.MULTI | SWT.READ_ONLY | SWT.V_SCROLL | SWT.H_SCROLL);
		preview.setFont(JFaceResources.getTextFont());
		GridDataFactory.fillDefaults().span(2, 1).grab(true, true).hint(WIDTH, 260).applyTo(preview);

		example.addListener(SWT.Selection, event -> chosen());
		project.addListener(SWT.Modify, event -> validate());
		file.addListener(SWT.Modify, event -> validate());
		setControl(area);
		if (!examples.isEmpty()) {
			example.select(0);
			chosen();
		}
		validate();
		setErrorMessage(null);
		file.setFocus();
	}

	private static Label label(Composite area, String text) {
		Label label = new Label(area, SWT.NONE);
		label.setText(text);
		return label;
	}

	private String selectedProject() {
		IResource resource = Adapters.adapt(selection.getFirstElement(), IResource.class);
		if (resource != null && resource.getProject() != null) {
			return resource.getProject().getName();
		}
		IProject[] projects = ResourcesPlugin.getWorkspace().getRoot().getProjects();
		return projects.length > 0 ? projects[0].getName() : "experiments";
	}

	private void chosen() {
		Example chosen = examples.get(example.getSelectionIndex());
		try {
			text = chosen.text();
			unreadable = null;
		} catch (IOException e) {
			text = null;
			unreadable = "Bundle " + chosen.bundle() + " is damaged: its example " + chosen.name() + " cannot be read.";
		}
		preview.setText(text == null ? "" : text);
		file.setText(freeName(chosen.name()) + SUFFIX);
		validate();
	}

	/** The example's name, with a number appended if the project already has such a file. */
	private String freeName(String name) {
		String free = name;
		for (int i = 2; exists(free + SUFFIX); i++) {
			free = name + "-" + i;
		}
		return free;
	}

	private boolean exists(String fileName) {
		IWorkspace workspace = ResourcesPlugin.getWorkspace();
		return workspace.validateName(projectName(), IResource.PROJECT).isOK()
				&& workspace.getRoot().getProject(projectName()).getFile(fileName).exists();
	}

	private void validate() {
		IWorkspace workspace = ResourcesPlugin.getWorkspace();
		IStatus projectStatus = workspace.validateName(projectName(), IResource.PROJECT);
		IStatus fileStatus = workspace.validateName(fileName(), IResource.FILE);
		String error = null;
		if (examples.isEmpty()) {
			error = "No bundle of this installation contains an example.";
		} else if (unreadable != null) {
			error = unreadable;
		} else if (!projectStatus.isOK()) {
			error = projectStatus.getMessage();
		} else if (!fileStatus.isOK()) {
			error = fileStatus.getMessage();
		} else if (!fileName().endsWith(SUFFIX)) {
			error = "The file's name must end with " + SUFFIX + ".";
		} else if (!fileName().matches(NAME)) {
			error = "The name before " + SUFFIX
					+ " must consist of lower-case letters, digits and single hyphens, since it also names the results folder.";
		} else if (exists(fileName())) {
			error = fileName() + " already exists in project " + projectName() + ".";
		}
		setErrorMessage(error);
		setPageComplete(error == null);
	}

	String projectName() {
		return project.getText().strip();
	}

	String fileName() {
		return file.getText().strip();
	}

	/** @return the experiment file's text, with the file's name as the experiment's */
	String text() {
		String name = fileName().substring(0, fileName().length() - SUFFIX.length());
		return text.replaceFirst("(?m)^name:.*$", "name: " + name);
	}
}
