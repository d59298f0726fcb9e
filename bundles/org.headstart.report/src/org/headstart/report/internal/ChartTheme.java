package org.headstart.report.internal;

import java.awt.Color;

/**
 * Colours of charts and reports. The palette is Okabe and Ito's (2008, "Color universal design"), which people with any form of
 * colour blindness tell apart; the dark theme has the same hues, lightened. Yellow comes last: it is weak on white.
 */
public enum ChartTheme {

	/** On white. */
	LIGHT(0xFEFEFE, 0x1C2128, 0x59636E, 0xE3E6EA, 0x8C959F,
			new int[] {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x4B4F54, 0xB5A500}),
	/** On near black. */
	DARK(0x16191D, 0xE8EAED, 0xA3ABB5, 0x2E343B, 0x767F89,
			new int[] {0x4AA8E0, 0xFF8442, 0x2CC99A, 0xE59CC6, 0xF5B836, 0x98D6F8, 0xC5CAD0, 0xEFE35A});

	private final Color background;
	private final Color text;
	private final Color muted;
	private final Color grid;
	private final Color line;
	private final Color[] palette;

	ChartTheme(int background, int text, int muted, int grid, int line, int[] palette) {
		this.background = new Color(background);
		this.text = new Color(text);
		this.muted = new Color(muted);
		this.grid = new Color(grid);
		this.line = new Color(line);
		this.palette = new Color[palette.length];
		for (int i = 0; i < palette.length; i++) {
			this.palette[i] = new Color(palette[i]);
		}
	}

	/** @return behind everything */
	public Color background() {
		return background;
	}

	/** @return of titles and labels */
	public Color text() {
		return text;
	}

	/** @return of subtitles and numbers at axes */
	public Color muted() {
		return muted;
	}

	/** @return of grid lines */
	public Color grid() {
		return grid;
	}

	/** @return of axes and reference lines */
	public Color line() {
		return line;
	}

	/** @return how many colours there are before they repeat */
	public int colours() {
		return palette.length;
	}

	/**
	 * @param index of a series, from 0
	 * @return its colour
	 */
	public Color series(int index) {
		return palette[Math.floorMod(index, palette.length)];
	}
}
