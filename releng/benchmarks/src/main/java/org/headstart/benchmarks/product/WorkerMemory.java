package org.headstart.benchmarks.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the worker processes of a run: their resident sets from Linux, their heaps from their logs. */
final class WorkerMemory {

	/** In MB, the largest of all workers; a resident set of 0 where the system does not tell. */
	record Peak(double heap, double live, double resident) {}

	private static final long LOOK_MILLIS = 200;
	private static final Pattern COLLECTION = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\)");
	/** A generation's line when the process ends. */
	private static final Pattern AT_EXIT = Pattern.compile("total \\d+K, used (\\d+)K");
	private static final Pattern PEAK_RESIDENT = Pattern.compile("VmHWM:\\s*(\\d+) kB");

	private final ProductProcess run;
	/** Peak resident sets in kB, by process. */
	private final Map<Long, Long> workers = new ConcurrentHashMap<>();
	private Thread follower;

	WorkerMemory(ProductProcess run) {
		this.run = run;
	}

	void follow() {
		follower = new Thread(() -> {
			try {
				while (run.process().isAlive()) {
					run.process().descendants().filter(WorkerMemory::isWorker)
							.forEach(worker -> workers.merge(worker.pid(), resident(worker.pid()), Math::max));
					Thread.sleep(LOOK_MILLIS);
				}
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "worker-memory");
		follower.setDaemon(true);
		follower.start();
	}

	private static boolean isWorker(ProcessHandle process) {
		return Arrays.asList(process.info().arguments().orElse(new String[0])).contains("worker");
	}

	private static long resident(long pid) {
		try {
			Matcher peak = PEAK_RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
			return peak.find() ? Long.parseLong(peak.group(1)) : 0;
		} catch (IOException e) {
			// it has just ended, or this is no Linux
			return 0;
		}
	}

	/**
	 * @param logs the garbage collection logs, by process
	 */
	Peak peak(Path logs) throws IOException, InterruptedException {
		follower.join();
		if (workers.isEmpty()) {
			throw new IOException("no worker was seen");
		}
		double heap = 0;
		double live = 0;
		long resident = 0;
		for (Map.Entry<Long, Long> worker : workers.entrySet()) {
			resident = Math.max(resident, worker.getValue());
			double atExit = 0;
			try {
				for (String line : Files.readAllLines(logs.resolve(worker.getKey() + ".log"))) {
					Matcher collection = COLLECTION.matcher(line);
					Matcher generation = AT_EXIT.matcher(line);
					if (collection.find()) {
						heap = Math.max(heap, Double.parseDouble(collection.group(1)));
						live = Math.max(live, Double.parseDouble(collection.group(2)));
					} else if (generation.find()) {
						atExit += Double.parseDouble(generation.group(1)) / 1024;
					}
				}
			} catch (NoSuchFileException e) {
				throw new IOException("worker " + worker.getKey() + " wrote no log of its collections", e);
			}
			heap = Math.max(heap, atExit);
		}
		return new Peak(heap, live, resident / 1024.0);
	}
}
