package org.headstart.cli.internal;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that name a finished step. */
final class StepOption {

	@Parameters(paramLabel = "STEP", description = "A step: its folder, its key or the beginning of its key, or its label.")
	private String step;

	@Option(names = "--in", paramLabel = "DIR", description = "The results folder. Default: the current folder, or a folder in results.")
	private Path in;

	/** @see StepReference#find */
	StepReference find() throws CommandFailure, IOException {
		return StepReference.find(step, in);
	}
}
