package org.headstart.engine.internal.execution;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.learner.Metrics;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.StepProvenance;

/** The record of a step so far: counters of each task, evaluations, the learner's latest numbers, the log. */
final class StepRecord implements Checkpointed, Metrics {

	private static final int PIECE = 1 << 13;

	/** Environment steps done, or units of the other budget, by task. */
	final long[] steps;
	/** Updates made, by task. */
	final long[] updates;
	/** Training trials finished, by task. */
	final long[] episodes;
	/** By task, the number of steps at which the next evaluation is due. */
	final long[] nextEvaluation;
	/** By task, the number of steps at the last evaluation; −1 before the first. */
	final long[] lastEvaluation;
	/** Sum of the returns of the training trials that ended since the last evaluation, by task. */
	final double[] returnSum;
	/** How many these are, by task. */
	final long[] returnCount;
	/** Granted trials learned from. */
	int shots;

	final List<MetricsRow> rows = new ArrayList<>();
	/** Warnings for readers of the result. */
	final List<String> warnings = new ArrayList<>();
	final StringBuilder log = new StringBuilder();
	/** Each judged trial; null unless the experiment asks for them. */
	final TrialsFile trials;
	/** The strategy's artefacts. */
	final Artefacts artefacts;
	/** One-element arrays, so that an update replaces a number without boxing. */
	private final Map<String, double[]> latest = new LinkedHashMap<>();

	StepRecord(int tasks, TrialsFile trials, Artefacts artefacts) {
		this.trials = trials;
		this.artefacts = artefacts;
		steps = new long[tasks];
		updates = new long[tasks];
		episodes = new long[tasks];
		nextEvaluation = new long[tasks];
		lastEvaluation = new long[tasks];
		Arrays.fill(lastEvaluation, -1);
		returnSum = new double[tasks];
		returnCount = new long[tasks];
	}

	@Override
	public void report(String name, double value) {
		double[] cell = latest.get(name);
		if (cell == null) {
			latest.put(name, new double[] {value});
		} else {
			cell[0] = value;
		}
	}

	Map<String, Double> latest() {
		Map<String, Double> copy = new LinkedHashMap<>();
		latest.forEach((name, value) -> copy.put(name, value[0]));
		return copy;
	}

	/** Adds a line to the log. It must be the same in every run of the step: no times, no paths. */
	void log(String line) {
		log.append(line).append('\n');
	}

	/** Adds a warning; like the log, it must be the same in every run of the step. */
	void warn(String warning) {
		warnings.add(warning);
		log("warning: " + warning);
	}

	/** The files that the step keeps beside metrics and agents; null when there are none. */
	StepProvenance.Kept kept() {
		List<StepProvenance.ArtefactEntry> entries = artefacts.entries();
		return trials == null && entries.isEmpty() ? null
				: new StepProvenance.Kept(trials == null ? null : trials.rows(), entries.isEmpty() ? null : entries);
	}

	/** Environment steps of all tasks, or units of their other budgets. */
	long done() {
		return Arrays.stream(steps).sum();
	}

	long allEpisodes() {
		return Arrays.stream(episodes).sum();
	}

	long updates() {
		return Arrays.stream(updates).sum();
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		for (int task = 0; task < steps.length; task++) {
			out.writeLong(steps[task]);
			out.writeLong(updates[task]);
			out.writeLong(episodes[task]);
			out.writeLong(nextEvaluation[task]);
			out.writeLong(lastEvaluation[task]);
			out.writeDouble(returnSum[task]);
			out.writeLong(returnCount[task]);
		}
		out.writeInt(shots);
		out.writeInt(rows.size());
		for (MetricsRow row : rows) {
			out.writeUTF(row.phase());
			out.writeUTF(row.task());
			out.writeLong(row.steps());
			out.writeLong(row.episodes());
			out.writeInt(row.shots());
			out.writeDouble(row.returnMean());
			out.writeDouble(row.returnStd());
			out.writeDouble(row.returnMin());
			out.writeDouble(row.returnMax());
			out.writeDouble(row.lengthMean());
			out.writeInt(row.evaluationEpisodes());
			out.writeDouble(row.trainingReturn());
			write(out, row.outcomes());
			out.writeInt(row.episodeReturns().size());
			for (double episodeReturn : row.episodeReturns()) {
				out.writeDouble(episodeReturn);
			}
			write(out, row.learner());
		}
		out.writeInt(latest.size());
		for (Map.Entry<String, double[]> entry : latest.entrySet()) {
			out.writeUTF(entry.getKey());
			out.writeDouble(entry.getValue()[0]);
		}
		out.writeInt(warnings.size());
		for (String warning : warnings) {
			out.writeUTF(warning);
		}
		byte[] text = log.toString().getBytes(StandardCharsets.UTF_8);
		out.writeInt(text.length);
		out.write(text);
		if (trials != null) {
			trials.writeState(out);
		}
		artefacts.writeState(out);
	}

	private static void write(DataOutput out, Map<String, Double> numbers) throws IOException {
		out.writeInt(numbers.size());
		for (Map.Entry<String, Double> entry : numbers.entrySet()) {
			out.writeUTF(entry.getKey());
			out.writeDouble(entry.getValue());
		}
	}

	private static Map<String, Double> readNumbers(DataInput in) throws IOException {
		Map<String, Double> numbers = new LinkedHashMap<>();
		for (int n = in.readInt(); n > 0; n--) {
			numbers.put(in.readUTF(), in.readDouble());
		}
		return numbers;
	}

	@Override
	public void readState(DataInput in) throws IOException {
		for (int task = 0; task < steps.length; task++) {
			steps[task] = in.readLong();
			updates[task] = in.readLong();
			episodes[task] = in.readLong();
			nextEvaluation[task] = in.readLong();
			lastEvaluation[task] = in.readLong();
			returnSum[task] = in.readDouble();
			returnCount[task] = in.readLong();
		}
		shots = in.readInt();
		rows.clear();
		for (int n = in.readInt(); n > 0; n--) {
			rows.add(readRow(in));
		}
		latest.clear();
		for (int n = in.readInt(); n > 0; n--) {
			latest.put(in.readUTF(), new double[] {in.readDouble()});
		}
		warnings.clear();
		for (int n = in.readInt(); n > 0; n--) {
			warnings.add(in.readUTF());
		}
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		// in pieces, so that a damaged length takes no more memory than there are bytes
		for (int left = in.readInt(); left > 0;) {
			byte[] piece = new byte[Math.min(left, PIECE)];
			in.readFully(piece);
			text.writeBytes(piece);
			left -= piece.length;
		}
		log.setLength(0);
		log.append(text.toString(StandardCharsets.UTF_8));
		if (trials != null) {
			trials.readState(in);
		}
		artefacts.readState(in);
	}

	private static MetricsRow readRow(DataInput in) throws IOException {
		String phase = in.readUTF();
		String task = in.readUTF();
		long steps = in.readLong();
		long episodes = in.readLong();
		int shots = in.readInt();
		double mean = in.readDouble();
		double std = in.readDouble();
		double min = in.readDouble();
		double max = in.readDouble();
		double length = in.readDouble();
		int evaluationEpisodes = in.readInt();
		double trainingReturn = in.readDouble();
		Map<String, Double> outcomes = readNumbers(in);
		List<Double> episodeReturns = new ArrayList<>();
		for (int n = in.readInt(); n > 0; n--) {
			episodeReturns.add(in.readDouble());
		}
		return new MetricsRow(phase, task, steps, episodes, shots, mean, std, min, max, length, evaluationEpisodes,
				trainingReturn, outcomes, episodeReturns, readNumbers(in));
	}
}
