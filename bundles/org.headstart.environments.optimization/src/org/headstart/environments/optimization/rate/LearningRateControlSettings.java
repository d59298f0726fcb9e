package org.headstart.environments.optimization.rate;

import java.util.List;

import org.headstart.api.settings.Setting;
import org.headstart.environments.optimization.digits.DigitStyle;

/**
 * Settings of {@link LearningRateControl}.
 *
 * @param rates            the actions
 * @param iterations       steps of an episode
 * @param updates          minibatch updates of an iteration
 * @param batch            pictures of a minibatch
 * @param depth            hidden layers
 * @param width            units of each hidden layer
 * @param optimizer        the optimizer
 * @param style            the style of the digits
 * @param imageSize        pixels along each edge of a picture
 * @param evaluationImages training pictures for the loss of the reward
 * @param testImages       held-out pictures for the accuracy
 * @param lossClip         bound to which losses are clipped
 * @param otherStyles      styles of the task set {@code other-style}
 * @param otherWidth       units of the task set {@code other-width}
 * @param otherOptimizer   optimizer of the task set {@code other-optimizer}
 * @param images           a file of pictures to use instead of drawn ones
 * @param labels           the file of their labels
 */
public record LearningRateControlSettings(
		@Setting(value = "The learning rates to choose from, rising", byDefault = "[1e-4, 5e-4, 1e-3, 5e-3, 1e-2]", plausibleMin = 1e-8,
				plausibleMax = 10) List<Double> rates,
		@Setting(value = "Iterations of a training, each with a chosen rate: the steps of an episode", byDefault = "20", unit = "steps",
				min = 2, max = 1000) int iterations,
		@Setting(value = "Minibatch updates of an iteration; with the default the constant rates give the results of the lecture",
				byDefault = "28", min = 1, max = 10_000) int updates,
		@Setting(value = "Pictures of a minibatch", byDefault = "4", min = 1, max = 1024) int batch,
		@Setting(value = "Hidden layers of the trained network", byDefault = "4", min = 1, max = 32) int depth,
		@Setting(value = "Units of each hidden layer", byDefault = "64", min = 1, max = 1024) int width,
		@Setting(value = "Optimizer of the training", byDefault = "adam") InnerOptimizer optimizer,
		@Setting(value = "Style of the digits in the standard problem", byDefault = "plain") DigitStyle style,
		@Setting(value = "Pixels along each edge of a picture", byDefault = "14", unit = "pixels", min = 8, max = 64) int imageSize,
		@Setting(value = "Number of training pictures for the loss after each iteration, drawn for each training", byDefault = "256",
				min = 1, max = 4000) int evaluationImages,
		@Setting(value = "Number of held-out pictures, of 1000 in a style, for the accuracy after the last iteration", byDefault = "1000",
				min = 1, max = 1000) int testImages,
		@Setting(value = "Bound to which losses are clipped; a training whose loss is no longer a number stays at this bound",
				byDefault = "5.0",
				min = 2.4, max = 1000) double lossClip,
		@Setting(value = "Styles of the task set other-style; empty: no such set",
				byDefault = "[thin, bold, slanted, outline, inverted, dashed, segments]") List<DigitStyle> otherStyles,
		@Setting(value = "Units of each hidden layer in the task set other-width", byDefault = "32", min = 1, max = 1024) int otherWidth,
		@Setting(value = "Optimizer of the task set other-optimizer", byDefault = "rmsprop") InnerOptimizer otherOptimizer,
		@Setting(value = "An IDX file of pictures (MNIST's train-images-idx3-ubyte, or its .gz) to use instead of the style; "
				+ "empty for drawn digits", byDefault = "''") String images,
		@Setting(value = "The IDX file of their labels (MNIST's train-labels-idx1-ubyte, or its .gz)", byDefault = "''") String labels) {}
