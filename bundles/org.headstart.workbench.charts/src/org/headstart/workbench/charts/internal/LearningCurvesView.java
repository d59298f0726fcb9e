package org.headstart.workbench.charts.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.part.ViewPart;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.report.internal.ChartTheme;
import org.headstart.workbench.internal.ExperimentFile;

/**
 * Learning curves of the experiment that is selected or edited, live while it runs, whoever started the run: on its targets,
 * within trials, and on its sources. Reads and draws in a job; the UI thread only shows the image.
 */
public final class LearningCurvesView extends ViewPart {

	/** Perceived brightness under which a background counts as dark, of 255. */
	private static final double DARK = 128;
	/** Of the list of charts: their titles stand in the charts too, the run's state stands beside it only. */
	private static final int LIST_WIDTH = 290;
	/** Of the notices, that are seen without scrolling. */
	private static final int NOTICE_LINES = 5;
	private static final int MARGIN = 6;

	private final ISelectionListener selectionListener = this::selected;
	private final StackLayout stack = new StackLayout();

	/** Reads the experiment that is shown; null before there is one. */
	private CurvesJob job;
	private Wish wish = Wish.FIRST;
	private Label status;
	private Combo chart;
	private List<ChartModel> charts = List.of();
	private Text notices;
	private Composite body;
	private Label message;
	private ChartCanvas canvas;
	private IFile experiment;

	@Override
	public void createPartControl(Composite parent) {
		GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
		Composite bar = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(2).margins(MARGIN, 4).applyTo(bar);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		status = new Label(bar, SWT.NONE);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(status);
		chart = new Combo(bar, SWT.READ_ONLY | SWT.DROP_DOWN);
		chart.setToolTipText("Chart");
		GridDataFactory.fillDefaults().exclude(true).applyTo(chart);
		chart.setVisible(false);
		chart.addListener(SWT.Selection, event -> draw(wish.withChart(charts.get(chart.getSelectionIndex()).id())));
		notices = new Text(parent, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL);
		GridDataFactory.fillDefaults().exclude(true).applyTo(notices);
		notices.setVisible(false);

		body = new Composite(parent, SWT.NONE);
		body.setLayout(stack);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
		message = new Label(body, SWT.WRAP | SWT.CENTER);
		canvas = new ChartCanvas(body, (width, height, scale) -> {
			if (width > 0 && height > 0) {
				draw(wish.withSize(width, height, scale));
			}
		});
		showMessage("Select or open an experiment to see its learning curves.");

		getSite().getPage().addPostSelectionListener(selectionListener);
		// the style sheet of another theme gives it another background, and then it is painted
		parent.addListener(SWT.Paint, event -> draw(wish.withTheme(theme(parent))));
		IEditorPart editor = getSite().getPage().getActiveEditor();
		if (editor != null) {
			follow(editor.getEditorInput().getAdapter(IFile.class));
		}
	}

	private static ChartTheme theme(Control control) {
		RGB rgb = control.getBackground().getRGB();
		double brightness = 0.299 * rgb.red + 0.587 * rgb.green + 0.114 * rgb.blue;
		return brightness < DARK ? ChartTheme.DARK : ChartTheme.LIGHT;
	}

	private void selected(IWorkbenchPart part, ISelection selection) {
		if (part == this) {
			return;
		}
		IFile file = part instanceof IEditorPart editor ? editor.getEditorInput().getAdapter(IFile.class)
				: selection instanceof IStructuredSelection structured
						? Adapters.adapt(structured.getFirstElement(), IFile.class)
				: null;
		follow(file);
	}

	private void follow(IFile file) {
		if (!ExperimentFile.is(file) || file.equals(experiment)) {
			return;
		}
		if (job != null) {
			job.end();
		}
		experiment = file;
		status.setText(ExperimentFile.name(file));
		showNotices(List.of());
		showCharts(List.of(), -1);
		showMessage("Reading the results …");
		wish = wish.withChart(null);
		job = new CurvesJob(file, wish, this::show);
		job.schedule();
	}

	private void draw(Wish another) {
		if (!another.equals(wish)) {
			wish = another;
			if (job != null) {
				job.draw(wish);
			}
		}
	}

	/** Shows what the job found. Called on the UI thread. */
	private void show(Curves curves) {
		// a drawing of another size is scaled until the next one comes
		if (body.isDisposed() || !Objects.equals(curves.wish().chart(), wish.chart()) || curves.wish().theme() != wish.theme()) {
			return;
		}
		status.setText(ExperimentFile.name(experiment) + (curves.state().isEmpty() ? "" : ": " + curves.state()));
		status.setToolTipText(status.getText());
		showNotices(curves.notices());
		showCharts(curves.charts(), curves.chosen());
		if (curves.image() == null) {
			showMessage(curves.hint());
		} else {
			canvas.show(curves.image());
			bringToTop(canvas);
		}
	}

	private void showNotices(List<String> all) {
		String text = all.stream().map(notice -> "⚠ " + notice).collect(Collectors.joining("\n"));
		if (!text.equals(notices.getText())) {
			notices.setText(text);
			notices.setVisible(!text.isEmpty());
			int width = notices.getParent().getClientArea().width;
			int height = notices.computeSize(width, SWT.DEFAULT).y;
			GridDataFactory.fillDefaults().exclude(text.isEmpty()).grab(true, false).indent(MARGIN, 0)
					.hint(SWT.DEFAULT, Math.min(height, NOTICE_LINES * notices.getLineHeight())).applyTo(notices);
			notices.requestLayout();
		}
	}

	private void showCharts(List<ChartModel> all, int chosen) {
		charts = all;
		String[] titles = all.stream().map(ChartModel::title).toArray(String[]::new);
		if (!Arrays.equals(titles, chart.getItems())) {
			chart.setItems(titles);
			boolean several = titles.length > 1;
			chart.setVisible(several);
			GridDataFactory.fillDefaults().exclude(!several).hint(LIST_WIDTH, SWT.DEFAULT).applyTo(chart);
			chart.requestLayout();
		}
		if (chosen >= 0 && chosen < titles.length) {
			chart.select(chosen);
		}
	}

	private void showMessage(String text) {
		message.setText("\n\n" + text);
		bringToTop(message);
	}

	/** At once: a layout can be put off while the workbench opens an editor, and the curves of another experiment would stay. */
	private void bringToTop(Control top) {
		stack.topControl = top;
		message.setVisible(top == message);
		canvas.setVisible(top == canvas);
		body.layout();
	}

	@Override
	public void setFocus() {
		body.setFocus();
	}

	@Override
	public void dispose() {
		getSite().getPage().removePostSelectionListener(selectionListener);
		if (job != null) {
			job.end();
		}
		super.dispose();
	}
}
