package org.headstart.cli.internal;

import java.util.LinkedHashMap;
import java.util.Map;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of commands that read an experiment. */
final class ExperimentOptions {

	@Parameters(index = "0", paramLabel = "FILE|EXAMPLE",
			description = "An experiment file, the name of an example, or - for standard input.")
	private String experiment;

	@Option(names = "--seeds", paramLabel = "N", description = "Replaces the file's number of seeds.")
	private Integer seeds;

	@Option(names = "--set", paramLabel = "KEY=VALUE", description = {
			"Replaces a value of the file; the key is a path with dots, the value is YAML:", "--set learner.learning-rate=1e-3",
			"--set strategies.fine-tune.layers=all"})
	private Map<String, String> settings = new LinkedHashMap<>();

	@Spec(Spec.Target.MIXEE)
	private CommandSpec spec;

	/** @return the experiment's name on the command line */
	String experiment() {
		return experiment;
	}

	/**
	 * @return values that replace the file's, by dotted path
	 * @throws ParameterException when the number of seeds is given twice
	 */
	Map<String, String> overrides() {
		Map<String, String> overrides = new LinkedHashMap<>(settings);
		if (seeds != null && settings.containsKey("seeds")) {
			throw new ParameterException(spec.commandLine(), "--seeds " + seeds + " and --set seeds=" + settings.get("seeds")
					+ " both give the number of seeds; leave one out");
		}
		if (seeds != null) {
			overrides.put("seeds", seeds.toString());
		}
		return overrides;
	}
}
