package org.headstart.environments.optimization.rate;

import java.nio.file.Path;

import org.headstart.environments.optimization.digits.DigitImages;
import org.headstart.environments.optimization.digits.DigitStyle;
import org.headstart.environments.optimization.digits.DrawnDigits;
import org.headstart.environments.optimization.digits.IdxFiles;

/** The pictures of each style, by the style's number in ω; the user's files follow the styles. Thread-confined. */
final class Pictures {

	/** The number of the user's files. */
	static final int FILES = DigitStyle.values().length;

	private static final DigitStyle[] STYLES = DigitStyle.values();

	private final int side;
	private final DigitImages[] train = new DigitImages[FILES + 1];
	private final DigitImages[] test = new DigitImages[FILES + 1];

	/**
	 * Reads the files; styles are drawn when first needed.
	 *
	 * @param settings names the style or the files
	 * @throws IllegalArgumentException when a file is invalid
	 */
	Pictures(LearningRateControlSettings settings) {
		side = settings.imageSize();
		boolean images = !settings.images().isEmpty();
		if (images == settings.labels().isEmpty()) {
			throw new IllegalArgumentException("'images' and 'labels' go together: give both files or none");
		}
		if (images) {
			train[FILES] = IdxFiles.train(Path.of(settings.images()), Path.of(settings.labels()), side);
			test[FILES] = IdxFiles.test(Path.of(settings.images()), Path.of(settings.labels()), side);
		}
	}

	private Pictures(Pictures of) {
		side = of.side;
		train[FILES] = of.train[FILES];
		test[FILES] = of.test[FILES];
	}

	/** @return the same pictures for another thread */
	Pictures instance() {
		return new Pictures(this);
	}

	/** @return pictures to learn from */
	DigitImages train(int style) {
		if (train[style] == null) {
			train[style] = DrawnDigits.train(STYLES[style], side);
		}
		return train[style];
	}

	/** @return pictures to judge by */
	DigitImages test(int style) {
		if (test[style] == null) {
			test[style] = DrawnDigits.test(STYLES[style], side);
		}
		return test[style];
	}
}
