package org.headstart.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.headstart.engine.internal.execution.FrozenPlan;
import org.headstart.engine.internal.execution.Playback;
import org.headstart.engine.internal.execution.Playback.PlayedTrial;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.text.ShellCommand;
import org.headstart.report.internal.AnimatedGif;
import org.headstart.report.internal.AnimatedGif.Film;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Films an agent. */
@Command(name = "play", description = "Films the agent of a finished step for one episode or trial. Needs no display.")
final class PlayCommand implements Callable<Integer> {

	@Mixin
	private StepOption step;

	@Option(names = "--gif", required = true, paramLabel = "FILE", description = "The file to write, an animated GIF.")
	private Path gif;

	@Option(names = "--episode", paramLabel = "N", defaultValue = "1",
			description = "Number of the episode, or of the trial if trials have several episodes, from 1; equal numbers give equal films. Default: ${DEFAULT-VALUE}.")
	private int episode;

	@Option(names = "--size", paramLabel = "PIXELS", defaultValue = "400", description = "Width and height. Default: ${DEFAULT-VALUE}.")
	private int size;

	@Option(names = "--rate", paramLabel = "N", defaultValue = "25",
			description = "Steps per second, at most 50. Default: ${DEFAULT-VALUE}.")
	private int rate;

	@Option(names = "--frames", paramLabel = "N", defaultValue = "1000",
			description = "Largest number of steps in the film. Default: ${DEFAULT-VALUE}.")
	private int frames;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		Film film;
		try {
			film = new Film(size, size, rate, frames);
		} catch (IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), e.getMessage(), e);
		}
		if (episode < 1) {
			throw new ParameterException(spec.commandLine(), "--episode must be at least 1, is " + episode);
		}
		StepReference reference = step.find();
		Playback playback;
		try {
			playback = Playback.of(reference.store(), FrozenPlan.read(reference.store(), Installation.current().catalog()),
					reference.key(), Installation.current().catalog());
		} catch (ResultsException | IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.NOT_FOUND, e.getMessage(), e);
		}
		PlayedTrial played = film(playback, film);
		boolean several = played.episodeReturns().size() > 1;
		spec.commandLine().getOut().println(ShellCommand.quoted(gif.toString()) + ": " + reference.label()
				+ (several ? ", trial " : ", episode ") + episode + ", " + (played.complete() ? "" : "the first ") + played.steps()
				+ " steps, return " + Quantity.figure(played.total())
				+ (several ? "; by episode: " + played.episodeReturns().stream().map(Quantity::figure).collect(Collectors.joining(", "))
						: ""));
		return ExitCode.OK;
	}

	private PlayedTrial film(Playback playback, Film film) throws IOException {
		try (AnimatedGif out = new AnimatedGif(gif, film.framesPerSecond())) {
			PlayedTrial played = playback.play(episode, film.width(), film.height(),
					(frame, number, at, reward) -> out.add(frame) < film.maxFrames());
			out.complete();
			return played;
		}
	}
}
