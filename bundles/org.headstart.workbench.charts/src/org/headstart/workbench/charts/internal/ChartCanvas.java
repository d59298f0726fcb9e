package org.headstart.workbench.charts.internal;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageDataProvider;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Shows the image of a chart, scaled while a sharp one of the new size is being drawn. */
final class ChartCanvas extends Canvas {

	/** Is told the size that an image should have. */
	@FunctionalInterface
	interface SizeListener {

		/**
		 * @param width  in the display's points
		 * @param height in the display's points
		 * @param scale  the display's pixels for each point
		 */
		void resized(int width, int height, double scale);
	}

	private Image image;

	ChartCanvas(Composite parent, SizeListener listener) {
		super(parent, SWT.DOUBLE_BUFFERED);
		addListener(SWT.Resize, event -> {
			Rectangle area = getClientArea();
			listener.resized(area.width, area.height, scale());
		});
		addListener(SWT.Paint, event -> {
			if (image != null) {
				Rectangle from = image.getBounds();
				Rectangle area = getClientArea();
				event.gc.drawImage(image, 0, 0, from.width, from.height, 0, 0, area.width, area.height);
			}
		});
		addListener(SWT.Dispose, event -> {
			if (image != null) {
				image.dispose();
			}
		});
	}

	/** @param data the new image */
	void show(ImageData data) {
		if (image != null) {
			image.dispose();
		}
		int zoom = (int) Math.round(100 * scale());
		ImageDataProvider provider = wanted -> wanted == zoom ? data
				: wanted == 100 ? data.scaledTo(data.width * 100 / zoom, data.height * 100 / zoom) : null;
		image = new Image(getDisplay(), provider);
		redraw();
	}

	private double scale() {
		return getMonitor().getZoom() / 100.0;
	}
}
