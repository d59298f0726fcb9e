package org.headstart.product.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.headstart.product.HeadstartProcess;
import org.headstart.product.HeadstartProcess.Outcome;

/**
 * Every kind of damage to every kind of entry of a results folder, of a finished run and of one that was interrupted. What reads
 * the folder ends, and names what is damaged or does without it; what was printed and drawn from it is right; running the
 * experiment again makes all of it anew.
 */
final class Damages implements Part {

	/** Seconds of a step: enough to be interrupted in the middle. */
	private static final double STEP = 0.6;
	private static final long SPARSE = 3L << 30;
	private static final String PRECIOUS = "not of this folder";

	/** What happens to an entry. */
	private enum Damage {
		DELETED, REPLACED_BY_FOLDER, REPLACED_BY_FILE, LINK_TO_FILE, LINK_TO_COPY, DANGLING_LINK, LINK_TO_ITSELF, LINK_TO_ZEROS, FIFO, //
		TRUNCATED, EMPTY, BIT_FLIPPED, RANDOM_BYTES, GROWN, SPARSE_3_GB, WRONG_SHAPE, FORGED, OTHER_STEPS;

		boolean suits(boolean folder) {
			// somebody may have good reason to keep a folder elsewhere and link to it
			return folder ? compareTo(FIFO) <= 0 && this != LINK_TO_COPY : this != REPLACED_BY_FILE;
		}

		String label() {
			return name().toLowerCase().replace('_', ' ');
		}
	}

	/** A kind of entry of a results folder, and its entries. */
	private record Target(Material material, String kind, boolean folder, List<String> entries) {}

	/** A results folder to damage. */
	private record Material(TinyExperiment experiment, Reference reference, boolean interrupted, Path folder, Undamaged undamaged) {}

	/** What comes of a folder that nothing happened to: the report's exit code and tables, a step that leaves an agent, its film. */
	private record Undamaged(int reportCode, SortedMap<String, String> tables, String player, byte[] film) {}

	private record Case(Target target, Damage damage) {}

	private final Path folder;
	private final Random order;
	private final List<Case> cases = new ArrayList<>();
	private final Tally tally = new Tally();
	private final AtomicInteger commands = new AtomicInteger();

	/**
	 * @param folder for what the cases share
	 * @param seed   of the order of cases
	 */
	Damages(Path folder, long seed) {
		this.folder = folder;
		order = new Random(seed);
	}

	@Override
	public String name() {
		return "damages";
	}

	@Override
	public int cases() {
		return cases.size();
	}

	@Override
	public int done() {
		return tally.total();
	}

	@Override
	public String counts() {
		return tally.total() + " of " + cases.size() + " damages, by entry and kind (" + commands + " commands)\n" + tally;
	}

	@Override
	public void prepare() throws IOException, InterruptedException {
		List<Target> targets = new ArrayList<>();
		for (TinyExperiment experiment : TinyExperiment.values()) {
			Path place = folder.resolve(experiment.name());
			Reference reference = Reference.make(place, experiment.text(STEP));
			addTargets(targets, new Material(experiment, reference, false, reference.results(), undamaged(place, reference.results())));
			Path interrupted = place.resolve("interrupted");
			interrupt(place, interrupted);
			addTargets(targets, new Material(experiment, reference, true, interrupted, undamaged(place, interrupted)));
		}
		// each pass damages every kind of entry once
		List<List<Damage>> damages = new ArrayList<>();
		for (Target target : targets) {
			List<Damage> suitable = new ArrayList<>(Stream.of(Damage.values()).filter(damage -> damage.suits(target.folder())).toList());
			Collections.shuffle(suitable, order);
			damages.add(suitable);
		}
		for (int pass = 0; pass < Damage.values().length; pass++) {
			List<Case> once = new ArrayList<>();
			for (int t = 0; t < targets.size(); t++) {
				if (pass < damages.get(t).size()) {
					once.add(new Case(targets.get(t), damages.get(t).get(pass)));
				}
			}
			Collections.shuffle(once, order);
			cases.addAll(once);
		}
	}

	private static Undamaged undamaged(Path place, Path results) throws IOException, InterruptedException {
		Path copy = place.resolve("copy");
		Contents.copy(results, copy);
		int code = HeadstartProcess.run(place, "report", copy.toString()).code();
		SortedMap<String, String> tables = Contents.of(copy).tables();
		Contents.delete(copy);
		String player = player(results);
		Path gif = place.resolve("film.gif");
		Outcome played = HeadstartProcess.run(place, film(player, results, gif));
		return new Undamaged(code, tables, player, played.code() == 0 ? Files.readAllBytes(gif) : new byte[0]);
	}

	private static String[] film(String step, Path results, Path gif) {
		return new String[] {"play", step, "--in", results.toString(), "--gif", gif.toString(), "--size", "80", "--frames", "10"};
	}

	/** A step that leaves an agent for the target, or else one that does not: then it is told so. */
	private static String player(Path results) throws IOException {
		try (Stream<Path> steps = Files.list(results.resolve("steps"))) {
			List<Path> all = steps.sorted().toList();
			return all.stream().filter(step -> Files.exists(step.resolve("checkpoint/final"))).findFirst().orElse(all.get(0)).getFileName()
					.toString().substring(0, 32);
		}
	}

	/** Interrupts a run that has a step under way with a checkpoint; tries until it is so. */
	private static void interrupt(Path place, Path results) throws IOException, InterruptedException {
		for (int attempt = 0; attempt < 20; attempt++) {
			Contents.delete(results);
			try (HeadstartProcess run = HeadstartProcess.start(place, Map.of(), "run", Reference.FILE, "--out", results.toString(),
					"--jobs", "1")) {
				// the first step may have nothing that takes time, so there is a wait from the second one on
				while (run.handle().isAlive() && !(has(results, "/metrics.csv", attempt % 2) && has(results, ".partial", 0))) {
					Thread.sleep(5);
				}
				run.handle().destroy();
				run.await();
			}
			if (has(results, "/resume/checkpoint.bin", 0)) {
				return;
			}
		}
		throw new IOException("no run in " + results + " could be interrupted in the middle of a step");
	}

	private static boolean has(Path results, String suffix, int beyond) throws IOException {
		int[] found = new int[1];
		Contents.walk(results, (path, attributes) -> found[0] += path.toString().endsWith(suffix) ? 1 : 0);
		return found[0] > beyond;
	}

	/** The first experiment's kinds of entries, and of the others what learner and strategy make of their own. */
	private static void addTargets(List<Target> targets, Material material) throws IOException {
		Map<String, Target> kinds = new TreeMap<>();
		Contents.walk(material.folder(), (path, attributes) -> {
			String entry = material.folder().relativize(path).toString();
			boolean own = entry.contains("/checkpoint/") || entry.contains("/resume/") || entry.endsWith("/metrics.csv")
					|| entry.endsWith("/trials.csv") || entry.endsWith("/trace.csv");
			boolean known = material.interrupted() && !entry.contains(".partial") && !entry.contains(".lock");
			if (!entry.isEmpty() && !known && (own || material.experiment() == TinyExperiment.PPO)) {
				String kind = entry.replaceAll("[0-9a-f]{32}", "KEY").replaceFirst("checkpoint/[a-z-]+", "checkpoint/NAME")
						.replaceFirst("charts/.*\\.", "charts/*.").replaceFirst("report/[a-z-]*\\.csv", "report/*.csv");
				kinds.computeIfAbsent(kind, name -> new Target(material, name, attributes.isDirectory(), new ArrayList<>())).entries()
						.add(entry);
			}
		});
		targets.addAll(kinds.values());
	}

	@Override
	public void run(int number, Random random, CaseFolder own) throws IOException, InterruptedException {
		new Damaging(cases.get(number), random, own).run();
	}

	/** A case under way. */
	private final class Damaging {

		private final Case what;
		private final Material material;
		private final Random random;
		private final CaseFolder own;
		private final Path results;
		private final Path precious;
		private final String entry;
		private final Path place;

		Damaging(Case what, Random random, CaseFolder own) {
			this.what = what;
			this.random = random;
			this.own = own;
			material = what.target().material();
			results = own.folder().resolve("results");
			precious = own.folder().resolve("precious");
			List<String> entries = what.target().entries();
			entry = entries.get(random.nextInt(entries.size()));
			place = results.resolve(entry);
		}

		void run() throws IOException, InterruptedException {
			Files.writeString(own.folder().resolve(Reference.FILE), material.reference().text());
			Files.writeString(precious, PRECIOUS);
			Contents.copy(material.folder(), results);
			apply(what.damage());
			tally.add((material.interrupted() ? "interrupted " : "") + what.target().kind(), what.damage().label());
			report();
			switch (random.nextInt(4)) {
				case 0 -> plan();
				case 1 -> compare();
				case 2 -> play();
				default -> reproduce();
			}
			runAgain();
			if (!Files.isRegularFile(precious) || !Files.readString(precious).equals(PRECIOUS)) {
				fault("a command", "wrote through a link: " + precious + " is not what it was");
			}
		}

		private void fault(String command, String text) {
			own.fault("'" + command + "' with " + entry + " " + what.damage().label()
					+ (material.interrupted() ? ", of an interrupted run of " : ", of ") + material.experiment() + ": " + text);
		}

		private Outcome command(String... arguments) throws IOException, InterruptedException {
			commands.incrementAndGet();
			CaseFolder one = new CaseFolder(own.folder());
			Outcome outcome = one.run(arguments);
			one.faults().forEach(text -> fault(arguments[0], text));
			return outcome;
		}

		/** Whether a text speaks of the damaged entry. */
		private boolean names(String text) {
			Matcher key = Contents.KEY.matcher(entry);
			return text.contains(place.getFileName().toString()) || key.find() && text.contains(key.group().substring(0, 10));
		}

		private boolean isOfResult() {
			return entry.matches("steps/[0-9a-f]{32}/.*") && !entry.endsWith("/timing.json");
		}

		private boolean isOfAllSteps() {
			return entry.equals("steps");
		}

		private void report() throws IOException, InterruptedException {
			Outcome outcome = command("report", results.toString());
			if (outcome == null) {
				return;
			}
			if (outcome.code() != 0) {
				// without any step there is nothing to report, and no step to name
				boolean noSteps = isOfAllSteps() && outcome.err().contains("nothing to report yet");
				if (outcome.code() != material.undamaged().reportCode() && !names(outcome.err()) && !noSteps) {
					fault("report", "ends with " + outcome.code() + " and names nothing: " + CaseFolder.firstLines(outcome.err()));
				}
			} else if (canBeNoticed() && !names(outcome.out() + outcome.err())) {
				String difference = Contents.difference(material.undamaged().tables(), Contents.of(results).tables());
				if (!difference.isEmpty()) {
					fault("report", "says nothing and has other tables: " + difference);
				}
			}
		}

		/** Whether there is something that tells: a checksum, or that what is known to be there is not. */
		private boolean canBeNoticed() {
			boolean vouchedFor = isOfResult() && !entry.contains(".partial");
			boolean report = entry.startsWith("report");
			return (vouchedFor || report) && what.damage() != Damage.FORGED;
		}

		private void plan() throws IOException, InterruptedException {
			refusesOrNot(command("plan", Reference.FILE, "--out", results.toString()), "plan");
		}

		private void compare() throws IOException, InterruptedException {
			refusesOrNot(command("compare", results.toString(), material.reference().results().toString()), "compare");
		}

		private void play() throws IOException, InterruptedException {
			String step = step();
			Path gif = own.folder().resolve("film.gif");
			Outcome outcome = command(film(step, results, gif));
			refusesOrNot(outcome, "play");
			if (outcome != null && outcome.code() == 0 && canBeNoticed() && step.equals(material.undamaged().player())
					&& !Arrays.equals(material.undamaged().film(), Files.readAllBytes(gif))) {
				fault("play", "films something else");
			}
		}

		private void reproduce() throws IOException, InterruptedException {
			Outcome outcome = command("reproduce", step(), "--in", results.toString());
			if (outcome == null) {
				return;
			}
			if (outcome.code() == 0 && isOfResult() && canBeNoticed() && what.damage() != Damage.LINK_TO_COPY) {
				fault("reproduce", "says that the damaged step has the same bytes");
			}
			refusesOrNot(outcome, "reproduce");
		}

		/** The damaged step, or one that can be played. */
		private String step() {
			Matcher key = Contents.KEY.matcher(entry);
			return key.find() ? key.group() : material.undamaged().player();
		}

		private void refusesOrNot(Outcome outcome, String command) {
			if (outcome != null && outcome.code() != 0 && !names(outcome.out() + outcome.err())
			// a step that is only under way, or gone, is asked for by its key
					&& !(outcome.code() == 4 && outcome.err().contains(results.toString()))) {
				fault(command, "ends with " + outcome.code() + " and does not name it: " + CaseFolder.firstLines(outcome.err()));
			}
		}

		private void runAgain() throws IOException, InterruptedException {
			Outcome outcome = command("run", Reference.FILE, "--out", results.toString(), "--jobs", "1");
			if (outcome == null) {
				return;
			}
			boolean maybeRefused = what.damage() == Damage.FORGED || what.target().folder() && !entry.contains("steps/");
			if (maybeRefused && outcome.code() != 0) {
				if (!names(outcome.out() + outcome.err())) {
					fault("run", "ends with " + outcome.code() + " and does not name it: " + CaseFolder.firstLines(outcome.err()));
				}
				return;
			}
			if (what.damage() == Damage.FORGED) {
				return;
			}
			if (outcome.code() != 0) {
				fault("run", "ends with " + outcome.code() + ": " + CaseFolder.firstLines(outcome.err()));
				return;
			}
			if (what.damage() == Damage.REPLACED_BY_FOLDER && !entry.contains("steps/")) {
				// nobody's data is deleted: what is no step, and no chart, stays
				Contents.delete(place.resolve("inner"));
			}
			CaseFolder comparison = new CaseFolder(own.folder());
			material.reference().compare(results, comparison);
			comparison.faults().forEach(text -> fault("run", text));
		}

		/* Damage. */

		private void apply(Damage damage) throws IOException, InterruptedException {
			byte[] content = Files.isRegularFile(place) ? Files.readAllBytes(place) : new byte[0];
			switch (damage) {
				case DELETED -> Contents.delete(place);
				case REPLACED_BY_FOLDER -> {
					Contents.delete(place);
					Files.createDirectory(place);
					Files.writeString(Files.createDirectory(place.resolve("inner")).resolve("file"), "x");
				}
				case REPLACED_BY_FILE -> {
					Contents.delete(place);
					Files.writeString(place, "a file");
				}
				case LINK_TO_FILE -> link(precious);
				case LINK_TO_COPY -> {
					Path copy = own.folder().resolve("copy");
					Contents.copy(place, copy);
					link(copy);
				}
				case DANGLING_LINK -> link(own.folder().resolve("nowhere"));
				case LINK_TO_ITSELF -> link(place);
				case LINK_TO_ZEROS -> link(Path.of("/dev/zero"));
				case FIFO -> {
					Contents.delete(place);
					if (new ProcessBuilder("mkfifo", place.toString()).inheritIO().start().waitFor() != 0) {
						throw new IOException("no FIFO can be made at " + place);
					}
				}
				case TRUNCATED -> Files.write(place, Arrays.copyOf(content, content.length / 2));
				case EMPTY -> Files.write(place, new byte[0]);
				case BIT_FLIPPED -> {
					if (content.length > 0) {
						content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
					}
					Files.write(place, content);
				}
				case RANDOM_BYTES -> {
					byte[] noise = new byte[Math.max(content.length, 100)];
					random.nextBytes(noise);
					Files.write(place, noise);
				}
				case GROWN -> Files.writeString(place, "more", StandardOpenOption.APPEND);
				case SPARSE_3_GB -> {
					try (RandomAccessFile file = new RandomAccessFile(place.toFile(), "rw")) {
						file.setLength(SPARSE);
					}
				}
				case WRONG_SHAPE -> Files.write(place, misshapen(content));
				case FORGED -> {
					Files.write(place, misshapen(content));
					sign();
				}
				case OTHER_STEPS -> other();
			}
		}

		private void link(Path to) throws IOException {
			Contents.delete(place);
			Files.createSymbolicLink(place, to);
		}

		private void other() throws IOException {
			String name = place.getFileName().toString();
			List<Path> others = new ArrayList<>();
			Contents.walk(material.reference().results(), (path, attributes) -> {
				if (attributes.isRegularFile() && path.getFileName().toString().equals(name)
						&& !Arrays.equals(Files.readAllBytes(path), Files.readAllBytes(place))) {
					others.add(path);
				}
			});
			if (others.isEmpty()) {
				others.add(material.reference().results().resolve("experiment.yaml"));
			}
			Files.write(place, Files.readAllBytes(others.get(random.nextInt(others.size()))));
		}

		/** Of the right format, and wrong. */
		private byte[] misshapen(byte[] content) {
			String name = place.getFileName().toString();
			String text = new String(content, StandardCharsets.UTF_8);
			if (name.endsWith(".json")) {
				return switch (random.nextInt(4)) {
					case 0 -> any("[]", "{}", "null", "\"text\"", "1", "[[1]]", "{\"format\": 1}").getBytes(StandardCharsets.UTF_8);
					case 1 -> ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
					default -> replaceOne(text, "(?<=: )(\"[^\"\\n]*\"|-?[\\d.]+|\\[|\\{)", "1e999", "-1", "\"x\"", "[]", "null", "{}",
							"99999999999999999999", "\"\\u001b[31m\"", "true").getBytes(StandardCharsets.UTF_8);
				};
			}
			if (name.endsWith(".csv")) {
				return (random.nextBoolean() ? replaceOne(text, "[^,\\n]+", "NaN", "1e999", "=1+1", "", "\"", "-", "x".repeat(1 << 20))
						: text.replaceFirst("[^\\n]*\\n", "")).getBytes(StandardCharsets.UTF_8);
			}
			if (name.equals("SHA256SUMS")) {
				String line = "0".repeat(64) + "  ";
				return (random.nextBoolean() ? text + line + any("../../../precious", "/dev/zero", "/etc/passwd", "nothing", ".", "")
						+ "\n" : replaceOne(text, "  [^\\n]+", "", "  ../step.json", "  /dev/zero")).getBytes(StandardCharsets.UTF_8);
			}
			if (name.endsWith(".yaml") || name.endsWith(".txt") || name.endsWith(".log") || name.endsWith(".html")
					|| name.endsWith(".svg")) {
				return any("[]", "headstart: 1\nname: other\n", "\033[31mred\033[0m\u202e\n", "a: [").getBytes(StandardCharsets.UTF_8);
			}
			// sizes that nobody has the memory for
			byte[] changed = content.clone();
			for (int n = 0; n < 4 && changed.length > 8; n++) {
				int at = random.nextInt(Math.min(changed.length - 4, 400));
				changed[at] = 0x7f;
				Arrays.fill(changed, at + 1, at + 4, (byte) 0xff);
			}
			return changed;
		}

		private String any(String... texts) {
			return texts[random.nextInt(texts.length)];
		}

		private String replaceOne(String text, String pattern, String... by) {
			List<MatchResult> found = Pattern.compile(pattern).matcher(text).results().toList();
			if (found.isEmpty()) {
				return any(by);
			}
			MatchResult one = found.get(random.nextInt(found.size()));
			return text.substring(0, one.start()) + any(by) + text.substring(one.end());
		}

		/** Gives a changed file of a finished step the checksum that it should have. */
		private void sign() throws IOException {
			Matcher step = Pattern.compile("(steps/[0-9a-f]{32})/(.*)").matcher(entry);
			if (!step.matches()) {
				return;
			}
			Path sums = results.resolve(step.group(1)).resolve("SHA256SUMS");
			if (Files.isRegularFile(sums)) {
				String hash = HexFormat.of().formatHex(sha256(Files.readAllBytes(place)));
				Files.writeString(sums, Files.readString(sums)
						.replaceFirst("(?m)^[0-9a-f]{64}(?=  " + Pattern.quote(step.group(2)) + "$)", hash));
			}
		}

		private static byte[] sha256(byte[] content) {
			try {
				return MessageDigest.getInstance("SHA-256").digest(content);
			} catch (NoSuchAlgorithmException e) {
				throw new IllegalStateException(e);
			}
		}
	}
}
