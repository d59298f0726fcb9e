package org.headstart.environments.optimization.rate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.environments.optimization.digits.DigitStyle;

/**
 * The agent chooses the learning rate of a network's training, iteration by iteration. Id {@code learning-rate-control}.
 * There is no publication of this exact set-up; Daniel, Taylor and Nowozin 2016, "Learning step size controllers for robust
 * neural network training", is close to it.
 *
 * <p>An episode is one training of a classifier of digits. The observation has four numbers: iteration / iterations; log₁₀
 * of the last rate, mapped to [−1, 1] over the rates, 0 before the first; the natural logarithm of (last loss / ln 10), so
 * that 0 is chance; the same for the loss before. The reward is minus the loss <em>after</em> the iteration's updates, on a
 * batch of training pictures that stays the same throughout the training, so that the reward has no minibatch noise; the
 * return is minus the sum of the losses, the area under the loss curve.
 *
 * <p>A task is one training: initial weights and data order are functions of ω. The task sets draw ω from disjoint intervals
 * of [0, 1): train below 0.5, validation from 0.5 to 0.75, all others from 0.75.
 */
public final class LearningRateControl implements Environment<LearningRateControlSettings> {

	private static final double TRAIN_END = 0.5;
	private static final double VALIDATION_END = 0.75;

	@Override
	public TaskFamily create(LearningRateControlSettings settings) {
		check(settings);
		LearningRateDynamics dynamics = new LearningRateDynamics(settings, new Pictures(settings),
				InnerTraining.parameters(settings));
		return new TaskFamily(dynamics, parameters(settings), taskSets(settings),
				new ReturnShape(-settings.iterations() * settings.lossClip(), 0, Double.NaN),
				RateReferences.of(settings));
	}

	private static void check(LearningRateControlSettings settings) {
		List<Double> rates = settings.rates();
		if (rates.size() < 2) {
			throw new IllegalArgumentException("rates: at least two are needed to choose from");
		}
		for (int i = 0; i < rates.size(); i++) {
			if (!(rates.get(i) > (i == 0 ? 0 : rates.get(i - 1)))) {
				throw new IllegalArgumentException("rates must be positive and rise, but " + rates.get(i) + " is number "
						+ (i + 1) + " of " + rates);
			}
		}
		if (settings.images().isEmpty() && settings.otherStyles().contains(settings.style())) {
			throw new IllegalArgumentException("other-styles contains " + name(settings.style())
					+ ", which is the standard problem's style");
		}
		if (settings.otherWidth() == settings.width()) {
			throw new IllegalArgumentException("other-width must differ from width " + settings.width());
		}
		if (settings.otherOptimizer() == settings.optimizer()) {
			throw new IllegalArgumentException("other-optimizer must differ from optimizer "
					+ name(settings.optimizer()));
		}
	}

	/** The parameters, with the numbers of style, width and optimizer; the standard problem is the nominal task. */
	private static List<ParameterGroup> parameters(LearningRateControlSettings settings) {
		int style = style(settings);
		int lastStyle = Math.max(style, settings.otherStyles().stream().mapToInt(DigitStyle::ordinal).max().orElse(style));
		int firstStyle = Math.min(style, settings.otherStyles().stream().mapToInt(DigitStyle::ordinal).min().orElse(style));
		return List.of(ParameterGroup.scalar("initialization", "", 0, 1, Double.NaN),
				ParameterGroup.scalar("style", "", firstStyle, lastStyle, style),
				ParameterGroup.scalar("width", "units", Math.min(settings.width(), settings.otherWidth()),
						Math.max(settings.width(), settings.otherWidth()), settings.width()),
				ParameterGroup.scalar("optimizer", "", 0, InnerOptimizer.values().length - 1, settings.optimizer().ordinal()));
	}

	private static int style(LearningRateControlSettings settings) {
		return settings.images().isEmpty() ? settings.style().ordinal() : Pictures.FILES;
	}

	private static List<TaskSet> taskSets(LearningRateControlSettings settings) {
		int style = style(settings);
		int[] standard = {style};
		String problem = (settings.images().isEmpty() ? name(settings.style()) + " digits" : "the given pictures") + ", "
				+ settings.width() + " units, " + name(settings.optimizer());
		List<TaskSet> sets = new ArrayList<>();
		sets.add(set("train", problem, TaskRole.TRAIN, 0, TRAIN_END, standard, settings.width(), settings.optimizer()));
		sets.add(set("validation", problem + "; other initialisations and data orders", TaskRole.VALIDATION, TRAIN_END, VALIDATION_END,
				standard, settings.width(), settings.optimizer()));
		sets.add(set("test", problem + "; other initialisations and data orders", TaskRole.TEST, VALIDATION_END, 1, standard,
				settings.width(), settings.optimizer()));
		if (!settings.otherStyles().isEmpty()) {
			int[] others = settings.otherStyles().stream().mapToInt(DigitStyle::ordinal).toArray();
			sets.add(set("other-style", "digits in other styles: " + String.join(", ",
					settings.otherStyles().stream().map(LearningRateControl::name).toList()), TaskRole.TEST, VALIDATION_END, 1, others,
					settings.width(), settings.optimizer()));
		}
		sets.add(set("other-width", settings.otherWidth() + " units a layer instead of " + settings.width(), TaskRole.TEST,
				VALIDATION_END, 1, standard, settings.otherWidth(), settings.optimizer()));
		sets.add(set("other-optimizer", name(settings.otherOptimizer()) + " instead of " + name(settings.optimizer()), TaskRole.TEST,
				VALIDATION_END, 1, standard, settings.width(), settings.otherOptimizer()));
		return sets;
	}

	private static TaskSet set(String name, String description, TaskRole role, double from, double to, int[] styles, int width,
			InnerOptimizer optimizer) {
		TaskSampler sampler = (random, omega, offset) -> {
			omega[offset + LearningRateDynamics.INITIALIZATION] = random.uniform(from, to);
			omega[offset + LearningRateDynamics.STYLE] = styles[styles.length == 1 ? 0 : random.nextInt(styles.length)];
			omega[offset + LearningRateDynamics.WIDTH] = width;
			omega[offset + LearningRateDynamics.OPTIMIZER] = optimizer.ordinal();
		};
		DoublePredicate styled = number -> {
			for (int style : styles) {
				if (style == number) {
					return true;
				}
			}
			return false;
		};
		return new TaskSet(name, description, role, sampler,
				omega -> omega[LearningRateDynamics.INITIALIZATION] >= from && omega[LearningRateDynamics.INITIALIZATION] < to
						&& styled.test(omega[LearningRateDynamics.STYLE]) && omega[LearningRateDynamics.WIDTH] == width
						&& omega[LearningRateDynamics.OPTIMIZER] == optimizer.ordinal());
	}

	private static String name(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
