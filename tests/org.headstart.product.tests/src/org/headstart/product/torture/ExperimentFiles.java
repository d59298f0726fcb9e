package org.headstart.product.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.headstart.product.HeadstartProcess;
import org.headstart.product.HeadstartProcess.Outcome;

/**
 * Mutated experiment files. A case is a batch that one process validates, since starting takes longer than reading; some of those
 * that are still valid are planned too. Each file is answered by itself, with a place for each error.
 */
final class ExperimentFiles implements Part {

	private static final int BATCH = 200;
	/** Valid files of a batch that are planned. */
	private static final int PLANS = 3;
	/** Characters of a message beyond which it repeats the file rather than speak of it. */
	private static final int LONGEST_MESSAGE = 2000;
	/** Errors without a line: of what is not there, and of what is not text with lines. */
	private static final Pattern OF_THE_WHOLE = Pattern
			.compile(
					"(?:[\\w.-]+: )?(?:is missing|is empty|is not UTF-8|is too large|there are \\d+ more problems|is not YAML|the character U\\+).*|.*needs? .*at least one.*");

	private final Tally outcomes = new Tally();
	private final AtomicInteger files = new AtomicInteger();
	private final AtomicInteger plans = new AtomicInteger();
	private List<String> examples;

	@Override
	public String name() {
		return "files";
	}

	@Override
	public void prepare() throws IOException {
		List<String> texts = new ArrayList<>();
		for (TinyExperiment experiment : TinyExperiment.values()) {
			texts.add(experiment.text(1));
		}
		int own = texts.size();
		try (DirectoryStream<Path> bundles = Files.newDirectoryStream(HeadstartProcess.plugins(), "org.headstart.*.jar")) {
			for (Path bundle : bundles) {
				addExamples(bundle, texts);
			}
		}
		if (texts.size() == own) {
			throw new IOException("no bundle in " + HeadstartProcess.plugins() + " has examples");
		}
		examples = List.copyOf(texts);
	}

	private static void addExamples(Path bundle, List<String> texts) throws IOException {
		try (ZipFile zip = new ZipFile(bundle.toFile())) {
			for (ZipEntry entry : Collections.list(zip.entries())) {
				if (entry.getName().matches("examples/.*\\.experiment\\.yaml")) {
					texts.add(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
				}
			}
		}
	}

	@Override
	public int cases() {
		return Integer.MAX_VALUE;
	}

	@Override
	public int done() {
		return files.get();
	}

	@Override
	public String counts() {
		return files + " experiment files, by mutation and answer (" + plans + " of the valid ones were planned too)\n" + outcomes;
	}

	@Override
	public void run(int number, Random random, CaseFolder place) throws IOException, InterruptedException {
		ExperimentMutation mutation = new ExperimentMutation(examples, random);
		Map<String, String> kinds = new HashMap<>();
		List<String> names = new ArrayList<>();
		for (int n = 0; n < BATCH; n++) {
			String name = "file-" + n + ".experiment.yaml";
			ExperimentMutation.Mutant mutant = mutation.next();
			Files.write(place.folder().resolve(name), mutant.bytes());
			kinds.put(name, mutant.kind());
			names.add(name);
		}
		List<String> valid = new ArrayList<>();
		validate(names, kinds, valid, place);
		files.addAndGet(names.size());
		for (int n = 0; n < PLANS && !valid.isEmpty(); n++) {
			String name = valid.remove(random.nextInt(valid.size()));
			Outcome plan = place.run("plan", name);
			plans.incrementAndGet();
			if (plan != null && plan.code() != 0 && plan.code() != 3) {
				place.fault("'plan " + name + "' of a valid file ends with " + plan.code() + ": " + CaseFolder.firstLines(plan.err()));
			}
		}
	}

	private void validate(List<String> names, Map<String, String> kinds, List<String> valid, CaseFolder place)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("validate"));
		command.addAll(names);
		Outcome outcome = new CaseFolder(place.folder()).run(command.toArray(String[]::new));
		boolean works = outcome != null && !CaseFolder.isBroken(outcome)
				&& (outcome.code() == 0 || outcome.code() == 3 || outcome.code() == 4);
		if (!works && names.size() > 1) {
			// which of them?
			validate(names.subList(0, names.size() / 2), kinds, valid, place);
			validate(names.subList(names.size() / 2, names.size()), kinds, valid, place);
			return;
		}
		if (!works) {
			String name = names.get(0);
			outcomes.add(kinds.get(name), "FAULT");
			place.fault("mutation '" + kinds.get(name) + "' in " + name + ": "
					+ (outcome == null ? "'validate' does not end" : CaseFolder.firstLines(outcome.toString())));
			return;
		}
		Map<String, List<String>> answers = answers(outcome, place);
		for (String name : names) {
			judge(name, kinds.get(name), answers.getOrDefault(name, List.of()), valid, place);
		}
	}

	/** The lines about each file. */
	private static Map<String, List<String>> answers(Outcome outcome, CaseFolder place) {
		Map<String, List<String>> answers = new HashMap<>();
		for (String line : (outcome.out() + outcome.err()).lines().toList()) {
			int end = line.indexOf(".experiment.yaml");
			int start = line.indexOf("file-");
			if (end < 0 || start < 0 || start > end) {
				place.fault("a line that names no file: " + CaseFolder.firstLines(line));
			} else {
				answers.computeIfAbsent(line.substring(start, end) + ".experiment.yaml", name -> new ArrayList<>()).add(line);
			}
		}
		return answers;
	}

	private void judge(String name, String kind, List<String> lines, List<String> valid, CaseFolder place) {
		boolean isValid = lines.stream().anyMatch(line -> line.startsWith(name + ": valid"));
		List<String> errors = lines.stream().filter(line -> !line.startsWith(name + ": valid") && !line.contains(": warning: ")).toList();
		if (isValid) {
			valid.add(name);
		}
		outcomes.add(kind, !errors.isEmpty() ? "invalid" : lines.size() > 1 ? "valid with warnings" : "valid");
		if (lines.isEmpty() || isValid != errors.isEmpty()) {
			place.fault("mutation '" + kind + "' in " + name + " is not answered rightly: " + lines);
		}
		for (String line : lines) {
			CaseFolder.rawCharacter(line).ifPresent(character -> place
					.fault("mutation '" + kind + "' in " + name + ": the raw character " + character + " is printed"));
			if (line.length() > LONGEST_MESSAGE) {
				place.fault("mutation '" + kind + "' in " + name + ": a message of " + line.length() + " characters: "
						+ CaseFolder.firstLines(line));
			}
		}
		for (String error : errors) {
			if (!error.matches(Pattern.quote(name) + ":\\d+:\\d+: .*")
					&& !OF_THE_WHOLE.matcher(error.replaceFirst("^" + Pattern.quote(name) + ": ", "")).matches()) {
				place.fault("mutation '" + kind + "' in " + name + ": an error without line and column: " + CaseFolder.firstLines(error));
			}
		}
	}
}
