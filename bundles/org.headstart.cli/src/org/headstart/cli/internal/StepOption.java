package org.headstart.cli.internal;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How commands are told which finished step is meant. */
final class StepOption {

	@Parameters(paramLabel = "STEP", description = "A step: its folder, its key or the beginning of it, or its label.")
	private String step;

	@Option(names = "--in", paramLabel = "DIR", description = "The results folder; otherwise the current one, or one in results.")
	private Path in;

	/** @see StepReference#find */
	StepReference find() throws CommandFailure, IOException {
		return StepReference.find(step, in);
	}
}
