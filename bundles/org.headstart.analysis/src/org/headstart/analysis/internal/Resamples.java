package org.headstart.analysis.internal;

import java.util.Arrays;

import org.headstart.analysis.figure.Estimate;
import org.headstart.api.random.RandomStream;

/**
 * Bootstrap resamples of runs, drawn with replacement within each task (strata), kept as counts: how often each run stands in
 * each resample. Statistics of all resamples then need one sort of the original values instead of one sort a resample, and
 * several statistics, or two arms paired by seed, share one drawing. Of few runs there are only few different resamples (of
 * three 10), so a statistic is computed once for each of these rows.
 *
 * <p>Immutable after drawing; the loops below allocate nothing but their result.
 */
final class Resamples {

	/** Runs of a task up to which equal resamples share a row: of six, 462 differ. */
	private static final int FEW = 6;

	/** Number of resamples. */
	final int resamples;
	/** Number of runs, all tasks together. */
	final int runs;
	/** Runs of each task. */
	private final int[] strata;
	/** Which row each resample is; null when each is a row of its own. */
	private final int[] rowOf;
	/** {@code counts[row * runs + run]}. */
	private final short[] counts;

	private Resamples(int resamples, int[] strata, int[] rowOf, short[] counts) {
		this.resamples = resamples;
		this.strata = strata;
		this.runs = Arrays.stream(strata).sum();
		this.rowOf = rowOf;
		this.counts = counts;
	}

	/** Draws resamples of {@code runs} runs of one task. */
	static Resamples draw(RandomStream random, int resamples, int runs) {
		if (runs > Short.MAX_VALUE) {
			throw new IllegalArgumentException("at most " + Short.MAX_VALUE + " runs a task, not " + runs);
		}
		Rows rows = runs <= FEW ? new Rows(resamples, runs, power(runs + 1, runs)) : null;
		short[] counts = new short[rows == null ? Math.multiplyExact(resamples, runs) : runs];
		for (int b = 0, row = 0; b < resamples; b++) {
			for (int i = 0; i < runs; i++) {
				counts[row + random.nextInt(runs)]++;
			}
			if (rows == null) {
				row += runs;
			} else {
				int code = 0;
				for (int i = 0; i < runs; i++) {
					code = code * (runs + 1) + counts[i];
				}
				if (rows.isNew(b, code)) {
					rows.add(counts, 0, runs);
				}
				Arrays.fill(counts, (short) 0);
			}
		}
		int[] strata = {runs};
		return rows == null ? new Resamples(resamples, strata, null, counts) : rows.resamples(strata);
	}

	private static int power(int base, int exponent) {
		int power = 1;
		for (int i = 0; i < exponent; i++) {
			power *= base;
		}
		return power;
	}

	/** Puts the strata side by side: resample b of the whole is resample b of every part. */
	static Resamples stratified(Resamples... parts) {
		int resamples = parts[0].resamples;
		int runs = 0;
		double combinations = 1;
		for (Resamples part : parts) {
			if (part.resamples != resamples) {
				throw new IllegalArgumentException("strata have " + resamples + " and " + part.resamples + " resamples");
			}
			runs += part.runs;
			combinations *= part.rows();
		}
		int[] strata = Arrays.stream(parts).flatMapToInt(part -> Arrays.stream(part.strata)).toArray();
		Rows rows = combinations < resamples ? new Rows(resamples, runs, (int) combinations) : null;
		short[] counts = new short[rows == null ? Math.multiplyExact(resamples, runs) : 0];
		for (int b = 0, offset = 0; b < resamples; b++) {
			int code = 0;
			for (Resamples part : parts) {
				code = code * part.rows() + part.row(b);
			}
			boolean isNew = rows != null && rows.isNew(b, code);
			for (int i = 0; i < parts.length && (rows == null || isNew); i++) {
				Resamples part = parts[i];
				int from = part.row(b) * part.runs;
				if (isNew) {
					rows.add(part.counts, from, part.runs);
				} else {
					System.arraycopy(part.counts, from, counts, offset, part.runs);
					offset += part.runs;
				}
			}
		}
		return rows == null ? new Resamples(resamples, strata, null, counts) : rows.resamples(strata);
	}

	/** Finds the rows that differ among resamples, which are known by a code. */
	private static final class Rows {

		private final int runs;
		private final int[] rowOf;
		/** By code, 1 + the row. */
		private final int[] rowOfCode;
		private short[] counts;
		private int rows;
		private int filled;

		Rows(int resamples, int runs, int codes) {
			this.runs = runs;
			rowOf = new int[resamples];
			rowOfCode = new int[codes];
			counts = new short[64 * runs];
		}

		/** Whether a resample's row is met for the first time; its counts are to be added then. */
		boolean isNew(int resample, int code) {
			boolean isNew = rowOfCode[code] == 0;
			if (isNew) {
				rowOfCode[code] = ++rows;
			}
			rowOf[resample] = rowOfCode[code] - 1;
			return isNew;
		}

		void add(short[] from, int offset, int count) {
			if (filled + count > counts.length) {
				counts = Arrays.copyOf(counts, 2 * counts.length);
			}
			System.arraycopy(from, offset, counts, filled, count);
			filled += count;
		}

		Resamples resamples(int[] strata) {
			return new Resamples(rowOf.length, strata, rowOf, Arrays.copyOf(counts, rows * runs));
		}
	}

	/** How many rows there are. */
	private int rows() {
		return rowOf == null ? resamples : counts.length / runs;
	}

	private int row(int resample) {
		return rowOf == null ? resample : rowOf[resample];
	}

	/** A statistic of every row becomes one of every resample. */
	private double[] ofResamples(double[] ofRows) {
		if (rowOf == null) {
			return ofRows;
		}
		double[] result = new double[resamples];
		for (int b = 0; b < resamples; b++) {
			result[b] = ofRows[rowOf[b]];
		}
		return result;
	}

	/**
	 * @param values one a run, in the order of the strata
	 * @return the interquartile mean of every resample
	 */
	double[] interquartileMeans(double[] values) {
		return trimmedMeans(values, runs / 4);
	}

	/** @return the mean of every resample */
	double[] means(double[] values) {
		check(values);
		double[] result = new double[rows()];
		for (int row = 0; row < result.length; row++) {
			result[row] = dot(counts, row * runs, values) / runs;
		}
		return ofResamples(result);
	}

	private static double dot(short[] counts, int row, double[] values) {
		double sum = 0;
		for (int i = 0; i < values.length; i++) {
			sum += counts[row + i] * values[i];
		}
		return sum;
	}

	private double[] trimmedMeans(double[] values, int cut) {
		check(values);
		int[] order = order(values);
		double[] sorted = new double[runs];
		for (int k = 0; k < runs; k++) {
			sorted[k] = values[order[k]];
		}
		double[] result = new double[rows()];
		for (int row = 0; row < result.length; row++) {
			result[row] = trimmedSum(counts, row * runs, order, sorted, cut) / (runs - 2 * cut);
		}
		return ofResamples(result);
	}

	/** Without branches on the data, which no processor could predict: a value's weight is how many of its ranks are kept. */
	private static double trimmedSum(short[] counts, int row, int[] order, double[] sorted, int cut) {
		int last = sorted.length - cut;
		int before = cut;
		int ranks = 0;
		double sum = 0;
		for (int k = 0; k < sorted.length; k++) {
			ranks += counts[row + order[k]];
			int kept = Math.min(Math.max(ranks, cut), last);
			sum += (kept - before) * sorted[k];
			before = kept;
		}
		return sum;
	}

	/** @return the median of every resample; values may be infinite */
	double[] medians(double[] values) {
		check(values);
		int[] order = order(values);
		double[] result = new double[rows()];
		int lowerRank = (runs - 1) / 2;
		int upperRank = runs / 2;
		for (int row = 0, at = 0; row < result.length; row++, at += runs) {
			int passed = 0;
			int k = -1;
			while (passed <= lowerRank) {
				passed += counts[at + order[++k]];
			}
			double lower = values[order[k]];
			while (passed <= upperRank) {
				passed += counts[at + order[++k]];
			}
			double upper = values[order[k]];
			result[row] = lower == upper ? upper : (lower + upper) / 2;
		}
		return ofResamples(result);
	}

	/** @return of every resample the median over tasks of each task's mean */
	double[] mediansOfTaskMeans(double[] values) {
		check(values);
		double[] result = new double[rows()];
		double[] means = new double[strata.length];
		for (int row = 0; row < result.length; row++) {
			int at = 0;
			for (int task = 0; task < strata.length; task++) {
				double sum = 0;
				for (int end = at + strata[task]; at < end; at++) {
					sum += counts[row * runs + at] * values[at];
				}
				means[task] = sum / strata[task];
			}
			Arrays.sort(means);
			result[row] = (means[means.length / 2] + means[(means.length - 1) / 2]) / 2;
		}
		return ofResamples(result);
	}

	/**
	 * @param wins      of every run of X (rows) over every run of Y (columns) of one task: 1, ½ for equal, 0
	 * @param opponents resamples of Y
	 * @return P(X &gt; Y) + ½ P(X = Y) in every resample
	 */
	double[] winShares(double[] wins, Resamples opponents) {
		int m = opponents.runs;
		if (wins.length != runs * m || opponents.resamples != resamples) {
			throw new IllegalArgumentException("wins do not fit " + runs + " and " + m + " runs");
		}
		double[] result = new double[resamples];
		double pairs = (double) rows() * opponents.rows();
		// by pair of rows, where these are few; NaN until it is asked for
		double[] known = new double[pairs < resamples ? (int) pairs : 0];
		Arrays.fill(known, Double.NaN);
		for (int b = 0; b < resamples; b++) {
			if (known.length == 0) {
				result[b] = winShare(wins, row(b), opponents, opponents.row(b));
				continue;
			}
			int pair = row(b) * opponents.rows() + opponents.row(b);
			if (Double.isNaN(known[pair])) {
				known[pair] = winShare(wins, row(b), opponents, opponents.row(b));
			}
			result[b] = known[pair];
		}
		return result;
	}

	private double winShare(double[] wins, int ofRow, Resamples opponents, int opponentsRow) {
		int m = opponents.runs;
		double sum = 0;
		for (int i = 0; i < runs; i++) {
			int count = counts[ofRow * runs + i];
			if (count > 0) {
				double row = 0;
				for (int j = 0; j < m; j++) {
					row += opponents.counts[opponentsRow * m + j] * wins[i * m + j];
				}
				sum += count * row;
			}
		}
		return sum / ((double) runs * m);
	}

	private void check(double[] values) {
		if (values.length != runs) {
			throw new IllegalArgumentException(values.length + " values for resamples of " + runs + " runs");
		}
		for (double value : values) {
			if (Double.isNaN(value)) {
				throw new IllegalArgumentException("NaN among the values to resample");
			}
		}
	}

	/** Insertion sort of the indices: runs are few, and no index gets boxed. */
	private static int[] order(double[] values) {
		int[] order = new int[values.length];
		for (int i = 0; i < order.length; i++) {
			int k = i;
			while (k > 0 && Double.compare(values[order[k - 1]], values[i]) > 0) {
				order[k] = order[k - 1];
				k--;
			}
			order[k] = i;
		}
		return order;
	}

	/**
	 * The percentile interval of replicates, with linear interpolation between order statistics.
	 *
	 * @param value      the point estimate
	 * @param replicates one a resample; gets reordered
	 * @param confidence for example 0.95
	 */
	static Estimate percentileInterval(double value, double[] replicates, double confidence) {
		double tail = (1 - confidence) / 2;
		return new Estimate(value, quantile(replicates, tail), quantile(replicates, 1 - tail));
	}

	private static double quantile(double[] values, double share) {
		double position = share * (values.length - 1);
		int below = (int) position;
		double low = select(values, below);
		double weight = position - below;
		if (weight == 0 || below + 1 == values.length) {
			return low;
		}
		// select() has put everything not smaller behind "below"
		double high = values[below + 1];
		for (int i = below + 2; i < values.length; i++) {
			high = Math.min(high, values[i]);
		}
		return low == high || Double.isInfinite(low) ? low : low + weight * (high - low);
	}

	/** Hoare's selection: afterwards values[rank] is the order statistic, smaller ones stand before it, greater behind. */
	private static double select(double[] values, int rank) {
		int left = 0;
		int right = values.length - 1;
		while (left < right) {
			double pivot = values[(left + right) >>> 1];
			int i = left;
			int j = right;
			while (i <= j) {
				while (values[i] < pivot) {
					i++;
				}
				while (values[j] > pivot) {
					j--;
				}
				if (i <= j) {
					double swap = values[i];
					values[i++] = values[j];
					values[j--] = swap;
				}
			}
			if (rank <= j) {
				right = j;
			} else if (rank >= i) {
				left = i;
			} else {
				break;
			}
		}
		return values[rank];
	}
}
