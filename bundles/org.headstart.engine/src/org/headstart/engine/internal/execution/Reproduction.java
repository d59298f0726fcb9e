package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import org.headstart.api.checkpoint.RegularFile;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.PlanFile.PlannedStep;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.StepProvenance;

/**
 * The result of running a finished step again.
 *
 * @param label         the step, for people
 * @param differences   differences in the outcome, one line each, with the place of a file's first difference; empty when
 *                      every byte is the same
 * @param circumstances differences in code, machine or network backend, one line each, which may explain the others
 * @param random        the step's tasks that are not deterministic, so that a difference is expected
 */
public record Reproduction(String label, List<String> differences, List<String> circumstances, List<String> random) {

	private static final int LONGEST_TEXT = 1 << 26;

	/** Defensive copies. */
	public Reproduction {
		differences = List.copyOf(differences);
		circumstances = List.copyOf(circumstances);
		random = List.copyOf(random);
	}

	/** @return whether the outcome is the same, byte for byte */
	public boolean same() {
		return differences.isEmpty();
	}

	/**
	 * Runs a finished step again in a temporary folder, from the same knowledge as the recorded one, and compares the
	 * outcomes. The results folder is only read.
	 *
	 * @param store    the results folder
	 * @param key      the step
	 * @param catalog  the contributions
	 * @param listener follows the step
	 * @param cancel   stops it
	 * @return the result
	 * @throws java.util.concurrent.CancellationException when cancelled
	 * @throws ResultsException                           when the step is not finished, or when the folder's experiment no
	 *                                                    longer has such a step
	 * @throws IOException                                when files cannot be read or written
	 */
	public static Reproduction of(ResultStore store, String key, Catalog catalog, StepListener listener, CancelToken cancel)
			throws IOException {
		return of(store, key, catalog, new GraphNetworks(), listener, cancel);
	}

	static Reproduction of(ResultStore store, String key, Catalog catalog, Networks networks, StepListener listener,
			CancelToken cancel) throws IOException {
		if (!store.finished(key)) {
			// an entry at a result's place that is no result is damaged
			store.verify(key);
			throw new ResultsException("there is no finished step " + key + " in " + store.folder());
		}
		StepProvenance recorded = store.provenance(key);
		Plan plan = FrozenPlan.read(store, catalog);
		Step step = find(store, plan, key);
		if (recorded.needs().size() != step.needs().size()) {
			throw new ResultsException("the installed contributions plan step '" + step.label() + "' on " + step.needs().size()
					+ " other steps, and the recorded one was built on " + recorded.needs().size());
		}
		Path temporary = temporaryFolder();
		try {
			ResultStore again = new ResultStore(temporary);
			Path steps = DurableFiles.folder(again.step(step.key()).getParent());
			for (int i = 0; i < step.needs().size(); i++) {
				store.verify(recorded.needs().get(i));
				DurableFiles.folder(steps.resolve(step.needs().get(i)));
				Path checkpoint = again.step(step.needs().get(i)).resolve(ResultStore.CHECKPOINT);
				DurableFiles.copy(store.step(recorded.needs().get(i)).resolve(ResultStore.CHECKPOINT), checkpoint);
			}
			new StepRunner(again, plan, catalog, networks).run(step.key(), listener, cancel);
			StepProvenance now = again.provenance(step.key());
			List<String> differences = new ArrayList<>();
			compareProvenance(recorded, now, differences);
			compareFiles(store.step(key), again.step(step.key()), differences);
			if (differences.isEmpty()) {
				store.damage(key).ifPresent(differences::add);
			}
			List<String> circumstances = circumstances(recorded, now);
			if (differences.isEmpty() && circumstances.isEmpty() && !Arrays.equals(provenanceBytes(store, key),
					provenanceBytes(again, step.key()))) {
				differences.add(ResultStore.PROVENANCE + " was written by another version: its text differs");
			}
			return new Reproduction(step.label(), differences, circumstances, random(plan.experiment(), step));
		} finally {
			DurableFiles.delete(temporary);
		}
	}

	private static List<String> random(Experiment experiment, Step step) {
		return StepRunner.sites(experiment, step, new AtWork()).stream()
				.filter(task -> !task.deterministic()).map(RunTask::name).toList();
	}

	private static Path temporaryFolder() throws CannotWriteException {
		try {
			return Files.createTempDirectory("headstart-reproduce-");
		} catch (IOException e) {
			throw new CannotWriteException(Path.of(System.getProperty("java.io.tmpdir")), e);
		}
	}

	private static byte[] provenanceBytes(ResultStore store, String key) throws IOException {
		return RegularFile.bytes(store.step(key).resolve(ResultStore.PROVENANCE), RegularFile.LARGEST);
	}

	/** The step of that key or, with other code, the step at its place in the experiment. */
	private static Step find(ResultStore store, Plan plan, String key) throws IOException {
		for (Step step : plan.steps()) {
			if (step.key().equals(key)) {
				return step;
			}
		}
		String label = store.plan().stream().flatMap(frozen -> frozen.steps().stream()).filter(step -> step.key().equals(key))
				.map(PlannedStep::label).findFirst().orElseThrow(() -> new ResultsException("step " + key
						+ " is of an earlier version of the experiment: the frozen one does not have it. Only steps of the frozen"
						+ " experiment can be run again."));
		for (Step step : plan.steps()) {
			if (step.label().equals(label)) {
				return step;
			}
		}
		throw new ResultsException("the installed contributions plan no step '" + label + "' for the frozen experiment");
	}

	private static List<String> circumstances(StepProvenance recorded, StepProvenance now) {
		List<String> circumstances = new ArrayList<>();
		differ("Java", recorded.machine().java(), now.machine().java(), circumstances);
		differ("system", recorded.machine().system(), now.machine().system(), circumstances);
		differ("processor", recorded.machine().processor(), now.machine().processor(), circumstances);
		differ("networks run by", recorded.backend(), now.backend(), circumstances);
		SortedSet<String> bundles = new TreeSet<>(recorded.versions().keySet());
		bundles.addAll(now.versions().keySet());
		for (String bundle : bundles) {
			differ("code of " + bundle, recorded.versions().get(bundle), now.versions().get(bundle), circumstances);
		}
		return circumstances;
	}

	private static void compareProvenance(StepProvenance recorded, StepProvenance now, List<String> differences) {
		differ(recorded.counted().many(), recorded.environmentSteps(), now.environmentSteps(), differences);
		differ("return of the random policy", recorded.randomReturn(), now.randomReturn(), differences);
		differ("agents kept", recorded.agents(), now.agents(), differences);
		differ("warm starts", recorded.warmStarts(), now.warmStarts(), differences);
	}

	private static void differ(String what, Object recorded, Object now, List<String> into) {
		if (!Objects.equals(recorded, now)) {
			into.add(what + ": recorded " + recorded + ", now " + now);
		}
	}

	private static void compareFiles(Path recorded, Path now, List<String> differences) throws IOException {
		SortedSet<String> names = new TreeSet<>(files(recorded));
		names.addAll(files(now));
		for (String name : names) {
			Path before = recorded.resolve(name);
			Path after = now.resolve(name);
			if (!Files.exists(before, LinkOption.NOFOLLOW_LINKS)) {
				differences.add(name + ": not among the recorded files");
			} else if (!Files.isRegularFile(before, LinkOption.NOFOLLOW_LINKS)) {
				differences.add(name + ": the recorded one is not a regular file");
			} else if (!Files.isRegularFile(after)) {
				differences.add(name + ": recorded, but not written again");
			} else if (Files.mismatch(before, after) >= 0) {
				boolean text = (name.endsWith(".csv") || name.endsWith(".txt")) && Files.size(before) <= LONGEST_TEXT
						&& Files.size(after) <= LONGEST_TEXT;
				differences.add(name + ": " + (text ? firstLine(before, after)
						: "differs from byte " + Files.mismatch(before, after) + " on (" + Files.size(before) + " bytes recorded, "
								+ Files.size(after) + " now)"));
			}
		}
	}

	/** The files whose bytes must be the same. */
	private static List<String> files(Path folder) throws IOException {
		List<String> names = new ArrayList<>();
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				names.add(folder.relativize(file).toString().replace('\\', '/'));
				return FileVisitResult.CONTINUE;
			}
		});
		names.removeAll(List.of(ResultStore.TIMING, ResultStore.PROVENANCE, ResultStore.CHECKSUMS));
		return names;
	}

	/** Of damaged text too. */
	private static List<String> lines(Path file) throws IOException {
		return new String(RegularFile.bytes(file, LONGEST_TEXT), StandardCharsets.UTF_8).lines().toList();
	}

	private static String firstLine(Path before, Path after) throws IOException {
		List<String> old = lines(before);
		List<String> now = lines(after);
		for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
			String one = i < old.size() ? old.get(i) : "(nothing)";
			String other = i < now.size() ? now.get(i) : "(nothing)";
			if (!one.equals(other)) {
				return "line " + (i + 1) + ": recorded " + one + ", now " + other;
			}
		}
		return "line ends differ";
	}
}
