package org.headstart.benchmarks.product;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The product as its users meet it: whole processes of the script {@code headstart}, in wall time.
 *
 * <ul>
 * <li>{@code start}: {@code headstart list} from start to exit.
 * <li>{@code throughput}: environment steps a second of two workers against one, on independent steps, in turn.
 * <li>{@code experiment}: the shipped experiment as a whole, and the memory of its workers.
 * <li>{@code again}: a finished experiment of two seeds run again, and its report alone.
 * <li>{@code plan}: a plan of a million steps.
 * </ul>
 *
 * <p>The product is the one of the checkout as it was built last, or that of the system property {@code headstart.script}.
 *
 * <p>Arguments: the parts to run (all), and {@code --starts N} (10) of {@code start} and {@code again}, {@code --seeds N} (4) and {@code --rounds N} (2) of
 * {@code throughput}, {@code --out DIR} to keep the results there.
 */
public final class ProductBenchmark {

	/** What is measured, and what is wanted of it. */
	record Measured(String what, String value, String target, boolean reached) {}

	private static final List<String> PARTS = List.of("start", "throughput", "experiment", "again", "plan");

	private final Path script;
	private final Path folder;
	private final List<Measured> table = new ArrayList<>();
	private int starts = 10;
	private int seeds = 8;
	private int rounds = 2;

	private ProductBenchmark(Path script, Path folder) {
		this.script = script;
		this.folder = folder;
	}

	/**
	 * Measures and prints a table.
	 *
	 * @param arguments see the class
	 * @throws IOException          when the product cannot be run
	 * @throws InterruptedException when interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		List<String> parts = new ArrayList<>();
		Path out = null;
		int starts = 10;
		int seeds = 8;
		int rounds = 2;
		for (int i = 0; i < arguments.length; i++) {
			switch (arguments[i]) {
				case "--starts" -> starts = Integer.parseInt(arguments[++i]);
				case "--seeds" -> seeds = Integer.parseInt(arguments[++i]);
				case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
				case "--out" -> out = Path.of(arguments[++i]).toAbsolutePath();
				default -> {
					if (!PARTS.contains(arguments[i])) {
						System.err.println("no part or option named " + arguments[i] + "; parts are " + String.join(", ", PARTS)
								+ ", options --starts N, --seeds N, --rounds N, --out DIR");
						System.exit(2);
					}
					parts.add(arguments[i]);
				}
			}
		}
		Path folder = out == null ? Files.createTempDirectory("headstart-benchmark-") : Files.createDirectories(out);
		ProductBenchmark benchmark = new ProductBenchmark(script(), folder);
		benchmark.starts = starts;
		benchmark.seeds = seeds;
		benchmark.rounds = rounds;
		System.out.println("Product: " + benchmark.script + ", " + Runtime.getRuntime().availableProcessors()
				+ " processors, load " + load());
		for (String part : parts.isEmpty() ? PARTS : parts) {
			switch (part) {
				case "start" -> benchmark.start();
				case "throughput" -> benchmark.throughput();
				case "experiment" -> benchmark.experiment();
				case "again" -> benchmark.again();
				default -> benchmark.plan();
			}
		}
		benchmark.print();
		if (out == null) {
			delete(folder);
		}
	}

	private static Path script() {
		String given = System.getProperty("headstart.script");
		if (given != null) {
			return Path.of(given).toAbsolutePath();
		}
		try {
			Path place = Path.of(ProductBenchmark.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			while (place != null) {
				// the product's own script, because that of the checkout first looks for sources that are newer
				Path script = place.resolve(".build/current/headstart/headstart");
				if (Files.isExecutable(script)) {
					return script.toRealPath();
				}
				place = place.getParent();
			}
		} catch (URISyntaxException | IOException e) {
			throw new IllegalStateException(e);
		}
		throw new IllegalStateException("there is no built product here: run \"./headstart build\" first, or name the script"
				+ " of one with HEADSTART_JAVA_OPTS=-Dheadstart.script=…");
	}

	/** What else runs on this machine decides how far wall times can be trusted. */
	private static String load() {
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
	}

	private void start() throws IOException, InterruptedException {
		double[] seconds = new double[starts];
		for (int i = -1; i < starts; i++) {
			// the first one prepares the product and fills the system's caches: it is not counted
			ProductProcess process = new ProductProcess(script, folder.resolve("list.log"), null, List.of("list"));
			process.await();
			if (i >= 0) {
				seconds[i] = process.seconds();
			}
		}
		Arrays.sort(seconds);
		double median = median(seconds);
		add("headstart list, start to exit, median of " + starts, median <= 1.5, "≤ 1.5 s", "%.2f s", median);
		add("headstart list, start to exit, best of " + starts, seconds[0] <= 1.5, "≤ 1.5 s", "%.2f s", seconds[0]);
	}

	private void throughput() throws IOException, InterruptedException {
		double[] one = new double[rounds];
		double[] two = new double[rounds];
		double[] ratios = new double[rounds];
		for (int round = 0; round < rounds; round++) {
			// in turn, and first one then the other: what else the machine does meets both
			boolean oneFirst = round % 2 == 0;
			StepTimes first = StepTimes.independent(script, folder, seeds, oneFirst ? 1 : 2, round);
			StepTimes second = StepTimes.independent(script, folder, seeds, oneFirst ? 2 : 1, round);
			StepTimes alone = oneFirst ? first : second;
			StepTimes both = oneFirst ? second : first;
			one[round] = alone.stepsPerSecond();
			two[round] = both.stepsPerSecond();
			ratios[round] = two[round] / one[round];
			System.out.printf(Locale.ROOT,
					"  round %d: one worker %,.0f steps/s with %.2f processors; two workers %,.0f steps/s with %.2f processors;"
							+ " ratio %.2f; processor time a step, two against one: %.2f; load %s%n",
					round + 1, one[round], alone.processors(), two[round], both.processors(), ratios[round],
					both.processorSecondsPerStep() / alone.processorSecondsPerStep(), load());
		}
		double ratio = median(ratios);
		add("environment steps a second, one worker", true, "", "%,.0f", median(one));
		add("environment steps a second, two workers", true, "", "%,.0f", median(two));
		add("two workers against one, median of " + rounds, ratio >= 1.8, "≥ 1.8", "%.2f", ratio);
	}

	private void experiment() throws IOException, InterruptedException {
		Path gc = Files.createDirectories(folder.resolve("gc"));
		ProductProcess process = new ProductProcess(script, folder.resolve("experiment.log"), gc,
				List.of("run", "point-goal-transfer", "--out", folder.resolve("experiment").toString(), "--jobs", "2",
						"--fresh"));
		WorkerMemory memory = new WorkerMemory(process);
		memory.follow();
		process.await();
		double minutes = process.seconds() / 60;
		add("the shipped experiment, 2 jobs, start to exit", minutes <= 3, "≤ 3 min", "%.2f min", minutes);
		// what two free processors would need at least, however busy this machine is
		double processors = StepTimes.of(folder.resolve("experiment")).processorSeconds() / 2 / 60;
		add("  its steps on two free processors, at least", true, "", "%.2f min", processors);
		WorkerMemory.Peak peak = memory.peak(gc);
		add("a worker's peak heap, garbage included", peak.heap() < 512, "< 512 MB", "%.0f MB", peak.heap());
		add("a worker's peak heap, after a collection", true, "", "%.0f MB", peak.live());
		if (peak.resident() > 0) {
			add("a worker's peak resident set", true, "", "%.0f MB", peak.resident());
		}
	}

	private void again() throws IOException, InterruptedException {
		String results = folder.resolve("again").toString();
		List<String> run = List.of("run", "point-goal-transfer", "--seeds", "2", "--out", results);
		timed(run);
		timed("the same experiment of 2 seeds run again", run);
		timed("its report alone", List.of("report", results));
	}

	private void timed(String what, List<String> command) throws IOException, InterruptedException {
		double[] wall = new double[starts];
		double[] processor = new double[starts];
		for (int i = 0; i < starts; i++) {
			Times times = timed(command);
			wall[i] = times.wall();
			processor[i] = times.processor();
		}
		add(what + ", median of " + starts, median(wall) <= 1.5, "≤ 1.5 s", "%.2f s", median(wall));
		add("  its processor time", median(processor) <= 1, "≤ 1 s", "%.2f s", median(processor));
	}

	private void plan() throws IOException, InterruptedException {
		// 4 adaptations a seed, and the acquisition that three of them share
		Times times = timed(List.of("plan", "point-goal-transfer", "--seeds", "200000"));
		add("plan of a million steps", times.wall() <= 10, "≤ 10 s", "%.2f s", times.wall());
		add("  its processor time", true, "", "%.2f s", times.processor());
	}

	/** Seconds of a whole command. */
	private record Times(double wall, double processor) {}

	/** The shell counts what Java cannot see: the processor time of a process that has ended, the script's included. */
	private Times timed(List<String> command) throws IOException, InterruptedException {
		Path log = folder.resolve("timed.log");
		List<String> words = new ArrayList<>(List.of("-c", "TIMEFORMAT='%U %S'; time \"$@\"", "time", script.toString()));
		words.addAll(command);
		ProductProcess process = new ProductProcess(Path.of("bash"), log, null, words);
		process.await();
		List<String> lines = Files.readAllLines(log);
		String[] userAndSystem = lines.get(lines.size() - 1).split(" ");
		return new Times(process.seconds(), Double.parseDouble(userAndSystem[0]) + Double.parseDouble(userAndSystem[1]));
	}

	static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return 0.5 * (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]);
	}

	private void add(String what, boolean reached, String target, String format, double value) {
		table.add(new Measured(what, String.format(Locale.ROOT, format, value), target, reached));
		System.out.println("  " + what + ": " + table.get(table.size() - 1).value());
	}

	private void print() {
		System.out.printf("%n%-56s %12s  %-10s%n", "", "measured", "target");
		for (Measured row : table) {
			System.out.printf("%-56s %12s  %-10s%s%n", row.what(), row.value(), row.target(),
					row.target().isEmpty() ? "" : row.reached() ? "reached" : "MISSED");
		}
	}

	private static void delete(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}
}
