package org.headstart.product.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The harness: runs cases of its parts side by side, one for each processor, prints what was counted, and each fault with the
 * command that runs its case again.
 */
public final class Torture {

	private static final String USAGE = """
			headstart torture [kills] [damages] [files] [--seed N] [--minutes N] [--at-once N] [--case N] [--in DIR]
			  kills: blows to runs; damages: to results folders; files: mutated experiment files. All three by default
			  --seed N     all that is drawn follows from it; by default the clock's, printed
			  --minutes N  for all parts together, their preparation aside; 60 by default
			  --at-once N  cases under way at the same time; by default one for each processor
			  --case N     only this case, of one part
			  --in DIR     where the cases work; a temporary folder by default. Cases with faults are kept""";

	private final long seed;
	private final Path folder;
	private final int atOnce;
	private final PrintStream out;
	private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

	/**
	 * @param seed   all that is drawn follows from it
	 * @param folder where the cases work
	 * @param atOnce how many cases are under way at the same time
	 * @param out    where counts and faults go
	 */
	public Torture(long seed, Path folder, int atOnce, PrintStream out) {
		this.seed = seed;
		this.atOnce = atOnce;
		this.folder = folder.toAbsolutePath();
		this.out = out;
	}

	/**
	 * @param arguments see the usage text
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		List<String> parts = new ArrayList<>();
		long seed = System.currentTimeMillis() % 1_000_000;
		double minutes = 60;
		int atOnce = Runtime.getRuntime().availableProcessors();
		int only = -1;
		Path folder = null;
		if (List.of(arguments).contains("--help")) {
			System.out.println(USAGE);
			return;
		}
		try {
			for (int i = 0; i < arguments.length; i++) {
				switch (arguments[i]) {
					case "kills", "damages", "files" -> parts.add(arguments[i]);
					case "--seed" -> seed = Long.parseLong(arguments[++i]);
					case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
					case "--at-once" -> atOnce = Integer.parseInt(arguments[++i]);
					case "--case" -> only = Integer.parseInt(arguments[++i]);
					case "--in" -> folder = Files.createDirectories(Path.of(arguments[++i]));
					default -> throw new IllegalArgumentException(arguments[i]);
				}
			}
		} catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
			System.err.println(USAGE);
			System.exit(2);
		}
		if (parts.isEmpty()) {
			parts.addAll(List.of("files", "damages", "kills"));
		}
		if (only >= 0 && parts.size() != 1) {
			System.err.println("--case needs one part\n" + USAGE);
			System.exit(2);
		}
		Torture torture = new Torture(seed, folder == null ? Files.createTempDirectory("headstart-torture") : folder, atOnce,
				System.out);
		double weights = parts.stream().mapToDouble(Torture::weight).sum();
		for (String part : parts) {
			Duration time = Duration.ofMillis((long) (minutes * 60_000 * weight(part) / weights));
			torture.run(part, only, Integer.MAX_VALUE, time);
		}
		System.exit(torture.end() ? 0 : 1);
	}

	/** Shares of the time. */
	private static double weight(String part) {
		return switch (part) {
			case "kills" -> 0.5;
			case "damages" -> 0.4;
			default -> 0.1;
		};
	}

	/**
	 * Runs cases of a part until so much is done, the time is up, or there are no more.
	 *
	 * @param name  the part
	 * @param only  the number of a single case, or −1
	 * @param most  how much to do: blows, damages, files
	 * @param limit how long cases are begun
	 * @return how much was done
	 */
	public int run(String name, int only, int most, Duration limit) throws IOException, InterruptedException {
		Path place = Files.createDirectories(folder.resolve(name));
		Part part = switch (name) {
			case "kills" -> new Kills(place);
			case "damages" -> new Damages(place, seed);
			default -> new ExperimentFiles();
		};
		out.printf("%s, seed %d, in %s%n", name, seed, place);
		part.prepare();
		long begin = System.nanoTime();
		if (only >= 0) {
			runCase(part, only, place);
		} else {
			AtomicInteger next = new AtomicInteger();
			ExecutorService pool = Executors.newFixedThreadPool(atOnce);
			for (int worker = 0; worker < atOnce; worker++) {
				pool.execute(() -> {
					int number;
					while (part.done() < most && System.nanoTime() - begin < limit.toNanos()
							&& (number = next.getAndIncrement()) < part.cases()) {
						runCase(part, number, place);
					}
				});
			}
			pool.shutdown();
			pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
		}
		out.printf(Locale.ROOT, "%s%n%.1f minutes%n%n", part.counts(), (System.nanoTime() - begin) / 60e9);
		return part.done();
	}

	private void runCase(Part part, int number, Path place) {
		Path own = place.resolve("case-" + number);
		CaseFolder folder = new CaseFolder(own);
		try {
			Contents.delete(own);
			Files.createDirectories(own);
			part.run(number, new Random(seed * 1_000_003 + number), folder);
			if (folder.faults().isEmpty()) {
				Contents.delete(own);
			}
		} catch (IOException | RuntimeException e) {
			folder.fault("the case cannot be run: " + e);
			e.printStackTrace(out);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return;
		}
		for (String fault : folder.faults()) {
			String line = fault + "\n  again: ./headstart torture " + part.name() + " --seed " + seed + " --case " + number
					+ "\n  left in " + own;
			faults.add(line);
			out.println("FAULT " + line);
		}
	}

	/**
	 * Prints how many faults there were.
	 *
	 * @return whether there were none
	 */
	public boolean end() {
		out.printf("%d faults found with seed %d%n", faults.size(), seed);
		return faults.isEmpty();
	}

	/** What was found. */
	public List<String> faults() {
		return List.copyOf(faults);
	}
}
