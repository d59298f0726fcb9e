package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.engine.internal.results.StepProvenance.ArtefactEntry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a finished step left. */
@Command(name = "show", description = "Prints the result of a finished step: its cost, agents, judged trials and artefacts.")
final class ShowCommand implements Callable<Integer> {

	/** The budget unit that is always printed. */
	private static final String UPDATES = BudgetUnit.UPDATES.key();

	@Mixin
	private StepOption step;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter print = spec.commandLine().getOut();
		StepReference reference = step.find();
		ResultStore store = reference.store();
		StepProvenance provenance;
		try {
			store.verify(reference.key());
			provenance = store.provenance(reference.key());
		} catch (ResultsException e) {
			throw new CommandFailure(ExitCode.NOT_FOUND, e.getMessage(), e);
		}
		print.println(reference.label());
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("  folder", store.step(reference.key()).toString()));
		rows.add(List.of("  " + (provenance.unit() == null ? "environment steps" : provenance.unit()),
				Long.toString(provenance.environmentSteps())));
		if (provenance.updates() != null && !UPDATES.equals(provenance.unit())) {
			rows.add(List.of("  updates", provenance.updates().toString()));
		}
		if (!provenance.agents().isEmpty()) {
			rows.add(List.of("  agents", String.join(", ", provenance.agents())));
		}
		if (provenance.kept() != null && provenance.kept().trials() != null) {
			rows.add(List.of("  " + ResultStore.TRIALS, provenance.kept().trials() + " judged trials"));
		}
		if (provenance.kept() != null && provenance.kept().artefacts() != null) {
			for (ArtefactEntry artefact : provenance.kept().artefacts()) {
				rows.add(List.of("  " + artefact.file(), artefact.content()));
			}
		}
		provenance.warnings().forEach(warning -> rows.add(List.of("  warning", warning)));
		Table.ofProse(rows, column -> false).forEach(print::println);
		return ExitCode.OK;
	}
}
