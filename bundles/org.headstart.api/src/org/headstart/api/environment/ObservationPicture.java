package org.headstart.api.environment;

import java.awt.Color;
import java.awt.Graphics2D;

/**
 * A picture of an observation's numbers, for environments without a picture of their own: a line for each number shows its
 * place between its bounds.
 */
final class ObservationPicture {

	private static final Color LINE = new Color(0xCFD8DC);
	private static final Color MARK = new Color(0x1565C0);

	private ObservationPicture() {}

	static void draw(BoxSpace box, float[] values, int offset, Graphics2D canvas, int width, int height) {
		canvas.setColor(Color.WHITE);
		canvas.fillRect(0, 0, width, height);
		for (int i = 0; i < box.size(); i++) {
			int top = height * i / box.size();
			int thickness = Math.max(1, height * (i + 1) / box.size() - top - 2);
			canvas.setColor(LINE);
			canvas.fillRect(0, top + thickness / 2, width, 1);
			canvas.setColor(MARK);
			int mark = Math.max(2, width / 50);
			canvas.fillRect((int) (share(box.low()[i], box.high()[i], values[offset + i]) * (width - mark)), top, mark, thickness);
		}
	}

	/** A number without bounds is mapped so that 0 is in the middle and infinity at the edge. */
	private static double share(float low, float high, float value) {
		return Float.isInfinite(low) || Float.isInfinite(high) ? 0.5 + 0.5 * value / (1 + Math.abs((double) value))
				: high > low ? Math.clamp((value - low) / ((double) high - low), 0, 1) : 0.5;
	}
}
