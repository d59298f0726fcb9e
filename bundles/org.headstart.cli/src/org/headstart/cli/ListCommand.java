package org.headstart.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;

import org.headstart.api.settings.Spelling;
import org.headstart.engine.catalog.Catalog;
import org.headstart.engine.catalog.Contribution;
import org.headstart.runtime.ExampleExperiments.Example;
import org.headstart.runtime.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Lists what is installed, without loading any of it. */
@Command(name = "list", description = "Lists what is installed: environments, backbones, learners, strategies, executors, examples.")
final class ListCommand implements Callable<Integer> {

	/** What can be listed. */
	enum Kind {
		ENVIRONMENTS, BACKBONES, LEARNERS, STRATEGIES, EXECUTORS, EXAMPLES;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/** Reads a kind, and knows what was meant. */
	static final class KindOfName implements ITypeConverter<Kind> {

		@Override
		public Kind convert(String name) {
			List<String> known = Arrays.stream(Kind.values()).map(Kind::toString).toList();
			int at = known.indexOf(name.toLowerCase(Locale.ROOT));
			if (at < 0) {
				throw new TypeConversionException("there is no kind '" + name + "'" + Spelling.nearest(name, known)
						.map(near -> "; did you mean '" + near + "'?").orElse("; there are: " + String.join(", ", known)));
			}
			return Kind.values()[at];
		}
	}

	@Parameters(arity = "0..1", paramLabel = "KIND", converter = KindOfName.class, description = "What to list: ${COMPLETION-CANDIDATES}; without it, all.")
	private Kind kind;

	@Option(names = "--check", description = "Load every class and say what is broken; exit code 7 if anything is.")
	private boolean check;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() {
		PrintWriter out = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		Installation installation = Installation.current();
		Catalog catalog = installation.catalog();
		Map<Kind, SortedMap<String, ? extends Contribution<?>>> all = new LinkedHashMap<>();
		all.put(Kind.ENVIRONMENTS, catalog.environments());
		all.put(Kind.BACKBONES, catalog.backbones());
		all.put(Kind.LEARNERS, catalog.learners());
		all.put(Kind.STRATEGIES, catalog.strategies());
		all.put(Kind.EXECUTORS, catalog.executors());
		List<List<String>> rows = new ArrayList<>();
		all.forEach((each, contributions) -> {
			if (kind == null || kind == each) {
				rows.add(List.of(each.toString()));
				contributions.values().forEach(contribution -> rows.add(
						List.of("  " + contribution.id(), contribution.description(), contribution.bundle())));
			}
		});
		if (kind == null || kind == Kind.EXAMPLES) {
			rows.add(List.of(Kind.EXAMPLES.toString()));
			for (Example example : installation.examples().all().values()) {
				rows.add(List.of("  " + example.name(), example.description(), example.bundle()));
			}
		}
		for (String line : Table.of(rows, column -> false)) {
			out.println(line.startsWith(" ") ? line : Terminal.OUT.bold(line));
		}
		List<String> problems = check ? installation.check() : catalog.problems();
		problems.forEach(problem -> err.println("headstart: left out: " + problem));
		if (check && problems.isEmpty()) {
			out.println("All contributions can be loaded.");
		}
		return check && !problems.isEmpty() ? ExitCode.BROKEN_CONTRIBUTION : ExitCode.OK;
	}
}
