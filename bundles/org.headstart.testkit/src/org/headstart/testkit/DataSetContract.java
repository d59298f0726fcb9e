package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.DataSet.Selection;
import org.headstart.api.environment.DataSet.Split;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What every data set must keep, as tests: extend this class, return the data set, and JUnit runs them. Small ones are read whole.
 *
 * <pre>{@code
 * class MyDataSetTest extends DataSetContract {
 * 	@Override
 * 	protected DataSet dataSet() {
 * 		return new MyEnvironment().create(new MySettings(...)).dataSets().get("train");
 * 	}
 * }
 * }</pre>
 */
public abstract class DataSetContract {

	/** Examples of a split that are looked at, at most. */
	private static final int MOST = 20_000;
	private static final int BATCH = 7;

	/**
	 * The data set under test.
	 *
	 * @return a new instance at each call, always the same
	 */
	protected abstract DataSet dataSet();

	/**
	 * Whether reading may take memory: out of a compressed file, for example.
	 *
	 * @return by default false
	 */
	protected boolean readingAllocates() {
		return false;
	}

	private static Selection selection(Split split, long seed) {
		return new Selection(split, new RandomStreams(seed));
	}

	/** Rows of examples, as they were read. */
	private static final class Rows {

		private final float[] inputs;
		private final byte[][] images;
		private final int[] classes;
		private final float[] vectors;

		Rows(Examples examples, int count) {
			ObservationSpace space = examples.inputs();
			inputs = new float[count * space.rowSize()];
			images = new byte[space.parts().size()][];
			Arrays.setAll(images, part -> space.parts().get(part).isBytes() ? new byte[count * space.parts().get(part).size()] : null);
			Optional<ActionSpace> labels = examples.labels();
			classes = new int[labels.map(each -> count * each.counts().length).orElse(0)];
			vectors = new float[labels.isPresent() && labels.get() instanceof BoxSpace box ? count * box.size() : 0];
		}

		Rows read(Examples examples, int[] numbers, int count) {
			examples.inputs(numbers, count, inputs);
			for (int part = 0; part < images.length; part++) {
				if (images[part] != null) {
					examples.images(part, numbers, count, images[part]);
				}
			}
			if (classes.length > 0) {
				examples.labels(numbers, count, classes);
			}
			if (vectors.length > 0) {
				examples.labels(numbers, count, vectors);
			}
			return this;
		}

		/** A row as text, to be compared and looked up. */
		String row(int row, int rows) {
			StringBuilder text = new StringBuilder(part(inputs, row, rows));
			for (byte[] image : images) {
				text.append(image == null ? "" : Arrays.toString(Arrays.copyOfRange(image, row * image.length / rows,
						(row + 1) * image.length / rows)));
			}
			return text.append(Arrays.toString(Arrays.copyOfRange(classes, row * classes.length / rows, (row + 1) * classes.length / rows)))
					.append(part(vectors, row, rows)).toString();
		}

		private static String part(float[] all, int row, int rows) {
			return Arrays.toString(Arrays.copyOfRange(all, row * all.length / rows, (row + 1) * all.length / rows));
		}
	}

	/** All rows of a split, or the first of a large one. */
	private static String[] all(Examples examples) {
		int count = Math.min(examples.size(), MOST);
		int[] numbers = new int[count];
		Arrays.setAll(numbers, i -> i);
		Rows rows = new Rows(examples, count).read(examples, numbers, count);
		String[] texts = new String[count];
		Arrays.setAll(texts, i -> rows.row(i, count));
		return texts;
	}

	@Test
	void thereAreAsManyExamplesAsItSays() {
		for (Split split : Split.values()) {
			try (Examples examples = dataSet().open(selection(split, 1))) {
				assertEquals(dataSet().size(split), examples.size(), "examples of " + split);
				assertEquals(dataSet().inputs(), examples.inputs(), "what an example shows");
				assertEquals(dataSet().labels(), examples.labels(), "what a label is");
			}
		}
		assertTrue(dataSet().size(Split.TRAIN) > 0, "there is something to learn from");
	}

	@Test
	void rowsAreTheSameInAnyOrder() {
		for (Split split : Split.values()) {
			try (Examples one = dataSet().open(selection(split, 1)); Examples other = dataSet().open(selection(split, 1))) {
				String[] inOrder = all(one);
				int[] numbers = new int[BATCH];
				Rows rows = new Rows(other, BATCH);
				RandomStream random = new RandomStreams(2).stream("order");
				for (int batch = 0; batch < 100 && inOrder.length > 0; batch++) {
					Arrays.setAll(numbers, i -> random.nextInt(inOrder.length));
					numbers[1] = numbers[0];
					rows.read(other, numbers, BATCH);
					for (int i = 0; i < BATCH; i++) {
						assertEquals(inOrder[numbers[i]], rows.row(i, BATCH),
								"example " + numbers[i] + " of " + split + ", read in batch " + batch);
					}
				}
			}
		}
	}

	@Test
	void onlyTheRowsThatAreAskedForAreWritten() {
		try (Examples examples = dataSet().open(selection(Split.TRAIN, 1))) {
			Rows rows = new Rows(examples, 2);
			Arrays.fill(rows.inputs, 77);
			Arrays.fill(rows.classes, 77);
			Arrays.fill(rows.vectors, 77);
			String before = rows.row(1, 2);
			rows.read(examples, new int[1], 1);
			assertEquals(before, rows.row(1, 2), "the second row, when one is read");
		}
	}

	@Test
	void rowsLieInTheirSpaces() {
		for (Split split : Split.values()) {
			try (Examples examples = dataSet().open(selection(split, 1))) {
				int count = Math.min(examples.size(), MOST);
				int[] numbers = new int[count];
				Arrays.setAll(numbers, i -> i);
				Rows rows = new Rows(examples, count).read(examples, numbers, count);
				inside(split + ", inputs", examples.inputs().row(), rows.inputs);
				if (rows.vectors.length > 0) {
					inside(split + ", labels", (BoxSpace) examples.labels().orElseThrow(), rows.vectors);
				}
				int[] counts = examples.labels().map(ActionSpace::counts).orElse(new int[0]);
				for (int i = 0; i < rows.classes.length; i++) {
					int label = rows.classes[i];
					assertTrue(label >= 0 && label < counts[i % counts.length],
							"example " + i / counts.length + " of " + split + " has class " + label + " of " + counts[i % counts.length]);
				}
			}
		}
	}

	private static void inside(String what, BoxSpace space, float[] values) {
		for (int i = 0; i < values.length; i++) {
			int component = i % space.size();
			assertTrue(values[i] >= space.low()[component] && values[i] <= space.high()[component], what + ", example " + i / space.size()
					+ ", component " + component + ": " + values[i] + " is not within " + space);
		}
	}

	@Test
	void theSplitsHaveNoExampleInCommon() {
		try (Examples train = dataSet().open(selection(Split.TRAIN, 1)); Examples test = dataSet().open(selection(Split.TEST, 1))) {
			Set<String> learned = new HashSet<>(Arrays.asList(all(train)));
			String[] judged = all(test);
			for (int i = 0; i < judged.length; i++) {
				assertFalse(learned.contains(judged[i]), "example " + i + " to be judged by is learned from too: " + judged[i]);
			}
		}
	}

	@Test
	void fewOfEachClassAreChosenByTheStream() {
		Assumptions.assumeTrue(dataSet().labels().orElse(null) instanceof DiscreteSpace, "its labels are no classes");
		int classes = ((DiscreteSpace) dataSet().labels().orElseThrow()).count();
		try (Examples train = dataSet().open(selection(Split.TRAIN, 1))) {
			int[] counts = counts(train, classes);
			int least = Arrays.stream(counts).min().orElseThrow();
			assertTrue(least > 0, "every class has an example to learn from: " + Arrays.toString(counts));
			for (int count : new int[] {1, least}) {
				DataSet few = dataSet().perClass(count);
				try (Examples one = few.open(selection(Split.TRAIN, 1)); Examples same = few.open(selection(Split.TRAIN, 1))) {
					assertEquals(count * classes, one.size());
					assertEquals(count * classes, few.size(Split.TRAIN));
					int[] each = new int[classes];
					Arrays.fill(each, count);
					assertArrayEquals(each, counts(one, classes), "examples of each class");
					assertArrayEquals(all(one), all(same), "equal streams choose equally");
					if (train.size() <= MOST) {
						assertTrue(Set.of(Arrays.stream(all(train)).distinct().toArray()).containsAll(Arrays.asList(all(one))),
								"the few are examples of the whole");
					}
				}
				assertEquals(dataSet().size(Split.TEST), few.size(Split.TEST), "those to be judged by stay");
			}
			if (train.size() > classes) {
				Set<String> chosen = new HashSet<>();
				for (int seed = 0; seed < 50; seed++) {
					try (Examples few = dataSet().perClass(1).open(selection(Split.TRAIN, seed))) {
						chosen.add(String.join("", all(few)));
					}
				}
				assertTrue(chosen.size() > 1, "the stream decides which are chosen");
			}
		}
	}

	private static int[] counts(Examples examples, int classes) {
		int[] numbers = new int[examples.size()];
		int[] labels = new int[numbers.length];
		Arrays.setAll(numbers, i -> i);
		examples.labels(numbers, numbers.length, labels);
		int[] counts = new int[classes];
		for (int label : labels) {
			counts[label]++;
		}
		return counts;
	}

	@Test
	void whatIsOpenedIsClosed() {
		Assumptions.assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
				"files are counted on Unix");
		UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		openAndClose();
		long before = system.getOpenFileDescriptorCount();
		for (int i = 0; i < 20; i++) {
			openAndClose();
		}
		assertTrue(system.getOpenFileDescriptorCount() < before + 20, "files stay open");
	}

	private void openAndClose() {
		try (Examples examples = dataSet().open(selection(Split.TRAIN, 1))) {
			new Rows(examples, 1).read(examples, new int[1], 1);
		}
	}

	@Test
	void readingDoesNotAllocate() {
		Assumptions.assumeFalse(readingAllocates(), "reading may allocate");
		try (Examples examples = dataSet().open(selection(Split.TRAIN, 1))) {
			Rows rows = new Rows(examples, BATCH);
			int[] numbers = new int[BATCH];
			Arrays.setAll(numbers, i -> (int) (i * 31L % examples.size()));
			Allocation.assertNone("windows of 100 batches", () -> {
				for (int batch = 0; batch < 100; batch++) {
					rows.read(examples, numbers, BATCH);
				}
			});
		}
	}
}
