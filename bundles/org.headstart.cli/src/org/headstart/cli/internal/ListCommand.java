package org.headstart.cli.internal;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;

import org.headstart.api.settings.Spelling;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.Problem;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Lists what is installed, without loading any of it. */
@Command(name = "list",
		description = "Lists what is installed: environments, wrappers, backbones, learners, losses, strategies, executors, examples.")
final class ListCommand implements Callable<Integer> {

	/** The kinds of listed things. */
	enum Kind {
		ENVIRONMENTS, WRAPPERS, BACKBONES, LEARNERS, LOSSES, STRATEGIES, EXECUTORS, EXAMPLES;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/** A contribution or an example in the {@code --json} document. */
	private record Item(String id, String name, String description, String bundle) {}

	/** Parses a kind, and suggests the nearest one for a wrong word. */
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

	@Parameters(arity = "0..1", paramLabel = "KIND", converter = KindOfName.class,
			description = "The kind of things to list: ${COMPLETION-CANDIDATES}; by default all.")
	private Kind kind;

	@Option(names = "--check", description = "Load every class and print problems; exit code 7 if there are any.")
	private boolean check;

	@Option(names = "--verbose", description = "Print the bundle of each.")
	private boolean verbose;

	@Option(names = "--json", description = "Print JSON, for scripts.")
	private boolean json;

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
		all.put(Kind.WRAPPERS, catalog.wrappers());
		all.put(Kind.BACKBONES, catalog.backbones());
		all.put(Kind.LEARNERS, catalog.learners());
		all.put(Kind.LOSSES, catalog.losses());
		all.put(Kind.STRATEGIES, catalog.strategies());
		all.put(Kind.EXECUTORS, catalog.executors());
		Map<String, List<Item>> listed = new LinkedHashMap<>();
		all.forEach((each, contributions) -> {
			if (kind == null || kind == each) {
				listed.put(each.toString(), contributions.values().stream().map(contribution -> new Item(contribution.id(),
						contribution.name(), contribution.description(), contribution.bundle())).toList());
			}
		});
		if (kind == null || kind == Kind.EXAMPLES) {
			listed.put(Kind.EXAMPLES.toString(), installation.examples().all().values().stream()
					.map(example -> new Item(example.name(), example.name(), example.description(), example.bundle())).toList());
		}
		List<Problem> problems = check ? installation.check() : catalog.problems();
		if (json) {
			Map<String, Object> document = new LinkedHashMap<>(listed);
			document.put("problems", problems);
			JsonOutput.print(document, out);
		} else {
			print(listed, out);
		}
		problems.forEach(problem -> err.println("headstart: left out: " + problem));
		if (check && problems.isEmpty() && !json) {
			out.println("All contributions can be loaded.");
		}
		return check && !problems.isEmpty() ? ExitCode.BROKEN_CONTRIBUTION : ExitCode.OK;
	}

	/** Prints a table for each kind, so that a long name in one does not narrow the descriptions in the others. */
	private void print(Map<String, List<Item>> listed, PrintWriter out) {
		listed.forEach((kind, items) -> {
			out.println(Terminal.OUT.bold(kind));
			Table.ofProse(items.stream().map(item -> List.of("  " + item.id(),
					item.description() + (verbose ? Terminal.OUT.faint(" (" + item.bundle() + ")") : ""))).toList(),
					column -> false).forEach(out::println);
		});
	}
}
