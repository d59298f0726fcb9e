package org.headstart.workbench.internal.plugins;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.ViewPart;

/** Shows the contributions of this installation's bundles, and those that had to be left out, with the reason. */
public final class PluginsView extends ViewPart {

	/** Its id in the plugin.xml. */
	public static final String ID = "org.headstart.workbench.plugins";

	private Label summary;
	private TableViewer table;
	private Text details;

	@Override
	public void createPartControl(Composite parent) {
		GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
		summary = new Label(parent, SWT.NONE);
		GridDataFactory.fillDefaults().grab(true, false).indent(6, 4).applyTo(summary);
		SashForm sash = new SashForm(parent, SWT.VERTICAL);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
		Composite list = new Composite(sash, SWT.NONE);
		TableColumnLayout columns = new TableColumnLayout();
		list.setLayout(columns);
		table = new TableViewer(list, SWT.MULTI | SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.H_SCROLL);
		table.getTable().setHeaderVisible(true);
		table.setContentProvider(ArrayContentProvider.getInstance());
		column(columns, "Kind", 10, PluginEntry::kind);
		column(columns, "Id", 18, PluginEntry::id);
		column(columns, "Description", 50, PluginEntry::description);
		column(columns, "Bundle", 26, PluginEntry::bundle);
		details = new Text(sash, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL);
		sash.setWeights(3, 1);
		table.addSelectionChangedListener(event -> details.setText(text(event.getStructuredSelection(), "\n\n")));
		getSite().setSelectionProvider(table);

		Action copy = new Action("Copy") {
			@Override
			public void run() {
				copy();
			}
		};
		copy.setImageDescriptor(PlatformUI.getWorkbench().getSharedImages().getImageDescriptor(ISharedImages.IMG_TOOL_COPY));
		copy.setToolTipText("Copy the selected lines, or all lines");
		Action check = new Action("Check All") {
			@Override
			public void run() {
				read(true);
			}
		};
		check.setToolTipText("Load every class of every contribution and list the broken ones");
		getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), copy);
		getViewSite().getActionBars().getToolBarManager().add(check);
		getViewSite().getActionBars().getToolBarManager().add(copy);
		MenuManager menu = new MenuManager();
		menu.add(copy);
		menu.add(check);
		table.getTable().setMenu(menu.createContextMenu(table.getTable()));
		summary.setText("Reading …");
		read(false);
	}

	private void column(TableColumnLayout columns, String title, int weight, Function<PluginEntry, String> text) {
		TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
		boolean first = table.getTable().getColumnCount() == 1;
		column.getColumn().setText(title);
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object element) {
				return text.apply((PluginEntry) element);
			}

			@Override
			public Image getImage(Object element) {
				return first && ((PluginEntry) element).faulty()
						? PlatformUI.getWorkbench().getSharedImages().getImage(ISharedImages.IMG_OBJS_ERROR_TSK)
						: null;
			}
		});
		columns.setColumnData(column.getColumn(), new ColumnWeightData(weight, 60, true));
	}

	/** Not on the UI thread, since a check loads classes. */
	private void read(boolean check) {
		Display display = table.getTable().getDisplay();
		Job job = Job.create(check ? "Checking plug-ins" : "Reading plug-ins", monitor -> {
			List<PluginEntry> entries = PluginEntry.all(check);
			display.asyncExec(() -> show(entries, check));
			return Status.OK_STATUS;
		});
		job.setSystem(!check);
		job.schedule();
	}

	private void show(List<PluginEntry> entries, boolean checked) {
		if (table.getTable().isDisposed()) {
			return;
		}
		long faulty = entries.stream().filter(PluginEntry::faulty).count();
		long bundles = entries.stream().filter(entry -> !entry.faulty()).map(PluginEntry::bundle).distinct().count();
		summary.setText("%d contributions of %d bundles. %s".formatted(entries.size() - faulty, bundles,
				faulty == 0 ? checked ? "All can be loaded." : "None was left out."
						: faulty + (checked ? " left out or broken; see the first lines."
								: " left out; see the first lines.")));
		table.setInput(entries);
		table.getTable().select(0);
		details.setText(text(table.getStructuredSelection(), "\n\n"));
	}

	private void copy() {
		IStructuredSelection selected = table.getStructuredSelection();
		@SuppressWarnings("unchecked") String text =
				selected.isEmpty() ? text((List<PluginEntry>) table.getInput(), "\n") : text(selected, "\n");
		Clipboard clipboard = new Clipboard(table.getTable().getDisplay());
		clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
		clipboard.dispose();
	}

	@SuppressWarnings("unchecked")
	private static String text(IStructuredSelection selected, String between) {
		return text(selected.toList(), between);
	}

	private static String text(List<PluginEntry> entries, String between) {
		return entries.stream().map(PluginEntry::text).collect(Collectors.joining(between));
	}

	@Override
	public void setFocus() {
		table.getTable().setFocus();
	}
}
