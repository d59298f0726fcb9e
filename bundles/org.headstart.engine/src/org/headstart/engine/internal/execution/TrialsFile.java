package org.headstart.engine.internal.execution;

import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.checkpoint.RegularFile;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.TaskFamily;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.CsvText;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.ResultsException;

/**
 * {@code trials.csv}: one row per judged trial (RFC 4180, UTF-8, line feeds). The fixed columns are followed by
 * {@code omega:NAME} for each component of ω, {@code return}, {@code length} and {@code outcome:NAME}, of all of a step's
 * tasks; cells that a task does not have are empty.
 *
 * <p>Rows are appended after each evaluation, so that memory contains only those of one evaluation. A checkpoint contains
 * the file's length and checksum, after the file was forced to the disk; a resumed step truncates the file to that length.
 * Thread-confined.
 */
final class TrialsFile implements Checkpointed, AutoCloseable {

	private static final String FIXED = "phase,task,steps,shots,trial";
	private static final int BUFFER = 1 << 16;

	private final Path file;
	/** Components of a task's ω. */
	private final int[] omegaSizes;
	/** Index in a task's ω of a column's component, −1 for a task without it; [tasks][columns]. */
	private final int[][] omegaColumns;
	/** As {@link #omegaSizes}. */
	private final int[] outcomeSizes;
	/** As {@link #omegaColumns}. */
	private final int[][] outcomeColumns;
	private final String header;

	private final StringBuilder row = new StringBuilder();
	private final CRC32C sum = new CRC32C();
	/** Null as long as nothing was written or after a state was read. */
	private FileChannel channel;
	private OutputStream out;
	private boolean forced;
	private long rows;
	/** The file's length and checksum in the state that was read last; null without one. */
	private Known known;

	private record Known(long length, long checksum) {}

	/**
	 * Trials of an evaluation, one after the other.
	 *
	 * @param omegas   [trials × components of ω]
	 * @param returns  [trials]
	 * @param lengths  steps without those in which the lane idled, [trials]
	 * @param outcomes [trials × outcomes]
	 */
	record JudgedTrials(double[] omegas, double[] returns, long[] lengths, double[] outcomes) {}

	/** @param families of the step's tasks */
	TrialsFile(Path file, List<TaskFamily> families) {
		this.file = file;
		List<List<String>> parameters = families.stream().map(TaskFamily::parameterNames).toList();
		List<List<String>> outcomes = families.stream()
				.map(family -> family.environment().outcomes().stream().map(Outcome::name).toList()).toList();
		List<String> omegaNames = distinct(parameters);
		List<String> outcomeNames = distinct(outcomes);
		omegaSizes = parameters.stream().mapToInt(List::size).toArray();
		outcomeSizes = outcomes.stream().mapToInt(List::size).toArray();
		omegaColumns = columns(parameters, omegaNames);
		outcomeColumns = columns(outcomes, outcomeNames);
		StringBuilder text = new StringBuilder(FIXED);
		omegaNames.forEach(name -> text.append(',').append(CsvText.cell("omega:" + name)));
		text.append(",return,length");
		outcomeNames.forEach(name -> text.append(',').append(CsvText.cell("outcome:" + name)));
		header = text.append('\n').toString();
	}

	private static List<String> distinct(List<List<String>> names) {
		Set<String> all = new LinkedHashSet<>();
		names.forEach(all::addAll);
		return List.copyOf(all);
	}

	private static int[][] columns(List<List<String>> names, List<String> all) {
		return names.stream().map(own -> all.stream().mapToInt(own::indexOf).toArray()).toArray(int[][]::new);
	}

	/**
	 * Appends the trials of an evaluation.
	 *
	 * @param task  index of the step's task
	 * @param name its name in the metrics
	 * @param steps environment steps done on it
	 * @param shots as in the metrics
	 */
	void add(String phase, int task, String name, long steps, int shots, JudgedTrials trials) throws IOException {
		open();
		String beginning = CsvText.cell(phase) + ',' + CsvText.cell(name) + ',' + steps + ',' + (shots < 0 ? "" : shots) + ',';
		forced = false;
		try {
			for (int trial = 0; trial < trials.returns().length; trial++) {
				row.setLength(0);
				row.append(beginning).append(trial + 1);
				cells(trials.omegas(), trial, omegaSizes[task], omegaColumns[task]);
				row.append(',').append(trials.returns()[trial]).append(',').append(trials.lengths()[trial]);
				cells(trials.outcomes(), trial, outcomeSizes[task], outcomeColumns[task]);
				write(row.append('\n'));
			}
			out.flush();
			if (channel.position() > RegularFile.LARGEST) {
				throw new IOException("it has more than the " + RegularFile.LARGEST + " bytes that a file of a result may have; judge less"
						+ " often or on fewer trials");
			}
		} catch (IOException e) {
			throw new CannotWriteException(file, e);
		}
		rows += trials.returns().length;
	}

	/** A trial's row of a table. */
	private void cells(double[] table, int trial, int size, int[] columns) {
		for (int i : columns) {
			row.append(',');
			if (i >= 0) {
				row.append(table[trial * size + i]);
			}
		}
	}

	private void write(CharSequence text) throws IOException {
		out.write(text.toString().getBytes(StandardCharsets.UTF_8));
	}

	/** Makes the file, or finds it as the checkpoint left it. */
	private void open() throws IOException {
		if (channel != null) {
			return;
		}
		sum.reset();
		if (known != null) {
			find(known);
		}
		try {
			if (known == null) {
				DurableFiles.delete(file);
			}
			channel = known == null
					? FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
					: FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
			out = new BufferedOutputStream(new CheckedOutputStream(Channels.newOutputStream(channel), sum), BUFFER);
			forced = false;
			if (known == null) {
				write(header);
				out.flush();
			} else {
				channel.truncate(known.length());
				channel.position(known.length());
			}
		} catch (IOException e) {
			throw new CannotWriteException(file, e);
		}
	}

	private void find(Known expected) throws DamagedCheckpointException {
		try (InputStream in = RegularFile.open(file, Long.MAX_VALUE)) {
			byte[] buffer = new byte[BUFFER];
			long left = expected.length();
			while (left > 0) {
				int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
				if (n < 0) {
					throw new DamagedCheckpointException(file + " ends before what the checkpoint knows of it");
				}
				sum.update(buffer, 0, n);
				left -= n;
			}
		} catch (DamagedCheckpointException e) {
			throw e;
		} catch (IOException e) {
			throw new DamagedCheckpointException(ResultsException.reading(file, e).getMessage(), e);
		}
		if (sum.getValue() != expected.checksum()) {
			throw new DamagedCheckpointException(file + " is damaged: its checksum is wrong");
		}
	}

	/** @return how many rows it has */
	long rows() {
		return rows;
	}

	/** Called at the end of the step: the file exists and contains exactly the judged trials. */
	void complete() throws IOException {
		open();
		close();
	}

	/** Forces the file to the disk first. */
	@Override
	public void writeState(DataOutput to) throws IOException {
		open();
		long length;
		try {
			if (!forced) {
				channel.force(true);
				forced = true;
			}
			length = channel.position();
		} catch (IOException e) {
			throw new CannotWriteException(file, e);
		}
		to.writeLong(length);
		to.writeLong(sum.getValue());
		to.writeLong(rows);
	}

	/** The file itself is looked at when it is needed next. */
	@Override
	public void readState(DataInput in) throws IOException {
		close();
		known = new Known(in.readLong(), in.readLong());
		rows = in.readLong();
		if (known.length() < 0 || rows < 0) {
			throw new DamagedCheckpointException("a checkpoint cannot have " + rows + " judged trials in " + known.length() + " bytes");
		}
	}

	@Override
	public void close() throws IOException {
		if (channel != null) {
			FileChannel open = channel;
			channel = null;
			open.close();
		}
	}
}
