package org.headstart.engine.execution;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.FileImageOutputStream;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.experiment.Experiment;
import org.headstart.engine.plan.Plan;
import org.headstart.engine.plan.Step;
import org.headstart.engine.results.DurableFiles;
import org.headstart.engine.results.ResultStore;
import org.headstart.engine.results.ResultsException;
import org.headstart.engine.results.StepProvenance;

/**
 * The agent that a finished step left, playing episodes to be watched. An adaptation's agent plays its target, an
 * acquisition's the first source. Needs no display. Equal episode numbers give equal episodes. Thread-confined.
 */
public final class Playback {

	private final TaskSite task;
	private final Agent agent;
	private final boolean greedy;
	private final RandomStreams streams;

	/**
	 * How frames look.
	 *
	 * @param width           pixels, at most {@value #MOST_PIXELS}
	 * @param height          pixels, at most {@value #MOST_PIXELS}
	 * @param framesPerSecond in a film, one frame a step; a GIF has at most 50
	 * @param maxFrames       a film ends after so many
	 */
	public record Film(int width, int height, int framesPerSecond, int maxFrames) {

		/** A frame of this size takes 64 MB. */
		static final int MOST_PIXELS = 4096;

		/** Checks. */
		public Film {
			if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS || framesPerSecond < 1 || framesPerSecond > 50 || maxFrames < 1) {
				throw new IllegalArgumentException("a film needs sizes from 1 to " + MOST_PIXELS + " pixels, at least one frame, and 1 to 50 frames a"
						+ " second; asked for " + width + " × " + height + ", " + maxFrames + " frames, " + framesPerSecond
						+ " a second");
			}
		}
	}

	/**
	 * What was played.
	 *
	 * @param total    the sum of the rewards
	 * @param steps    how many steps
	 * @param complete whether the episode was seen to its end
	 */
	public record Episode(double total, int steps, boolean complete) {
	}

	/** Takes frames. */
	@FunctionalInterface
	public interface Frames {

		/**
		 * Takes a frame.
		 *
		 * @param frame  the picture; a new one each time
		 * @param step   how many steps of the episode were done before
		 * @param reward the last step's reward; 0 at the start
		 * @return whether to go on
		 * @throws IOException when it cannot be kept
		 */
		boolean take(BufferedImage frame, int step, float reward) throws IOException;
	}

	private Playback(TaskSite task, Agent agent, boolean greedy, RandomStreams streams) {
		this.task = task;
		this.agent = agent;
		this.greedy = greedy;
		this.streams = streams;
	}

	/**
	 * Loads an agent.
	 *
	 * @param store the results folder
	 * @param plan  its plan, see {@link FrozenPlan}
	 * @param key   a finished step
	 * @return the playback
	 * @throws ResultsException         when the step is not finished, or not in the plan
	 * @throws IOException              when its agent cannot be read
	 * @throws IllegalArgumentException when the agent does not fit the installed contributions
	 */
	public static Playback of(ResultStore store, Plan plan, String key) throws IOException {
		return of(store, plan, key, new GraphNetworks());
	}

	static Playback of(ResultStore store, Plan plan, String key, Networks networks) throws IOException {
		Step step = plan.steps().stream().filter(one -> one.key().equals(key)).findFirst()
				.orElseThrow(() -> new ResultsException("the installed contributions plan no step " + key
						+ " for the experiment in " + store.folder() + ": their code is not the code that made the result"));
		if (!store.finished(key)) {
			throw new ResultsException("step '" + step.label() + "' is not finished: there is no agent to watch yet");
		}
		Experiment experiment = plan.experiment();
		boolean adapts = step.kind() == Step.Kind.ADAPT;
		TaskSite task = TaskSite.of(adapts ? experiment.target().get(step.target()) : experiment.source().get(0),
				experiment.rootSeed());
		store.verify(key);
		StepProvenance provenance = store.provenance(key);
		if (!adapts && provenance.agents().isEmpty()) {
			throw new ResultsException("step '" + step.label() + "' left no agent");
		}
		String name = adapts ? StepRun.FINAL_AGENT : provenance.agents().get(0);
		RandomStreams streams = new RandomStreams(experiment.rootSeed()).under("seed-" + step.seed()).under("playback");
		AgentWorkshop workshop = new AgentWorkshop(experiment, networks);
		Agent agent = workshop.agent(task, AgentView.plain(experiment.trial().episodes()), streams.under("agent"), task.use().steps()).agent();
		workshop.warmStart(agent, store.step(key).resolve(ResultStore.CHECKPOINT).resolve(name),
				List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)), new Keep(true, true));
		return new Playback(task, agent, experiment.evaluation().greedy(), streams);
	}

	/**
	 * Plays an episode.
	 *
	 * @param number which one, from 1
	 * @param width  pixels
	 * @param height pixels
	 * @param frames takes the frames: the start, and the state after each step but the last, which the environment replaces by
	 *               the next episode's start
	 * @return what was played
	 * @throws IOException from {@code frames}
	 */
	public Episode play(int number, int width, int height, Frames frames) throws IOException {
		VectorEnvironment environment = task.lanes(1, streams.under("episode-" + number), org.headstart.api.environment.View.PLAIN);
		ActionBatch actions = new ActionBatch(environment.actionSpace(), 1);
		environment.reset();
		Policy policy = agent.policy(1, greedy);
		double total = 0;
		float reward = 0;
		int steps = 0;
		while (true) {
			BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
			Graphics2D canvas = frame.createGraphics();
			canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
			environment.render(0, canvas, width, height);
			canvas.dispose();
			if (!frames.take(frame, steps, reward)) {
				return new Episode(total, steps, false);
			}
			policy.act(environment.observations(), actions);
			environment.step(actions);
			reward = environment.rewards()[0];
			total += reward;
			steps++;
			if (environment.terminated()[0] || environment.truncated()[0]) {
				return new Episode(total, steps, true);
			}
		}
	}

	/**
	 * Plays an episode into an animated GIF that repeats for ever. The file is replaced when the film is complete.
	 *
	 * @param number which episode, from 1
	 * @param film   how it looks
	 * @param file   the file
	 * @return what was played
	 * @throws IOException when it cannot be written
	 */
	public Episode writeGif(int number, Film film, Path file) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		if (folder == null || Files.isDirectory(file)) {
			throw new FileSystemException(file.toString(), null, "is a folder; name the file to write");
		}
		if (!Files.isDirectory(folder)) {
			throw new FileSystemException(file.toString(), null, "cannot be written: there is no folder " + folder);
		}
		Path temporary = file.resolveSibling(file.getFileName() + DurableFiles.TEMPORARY);
		Files.deleteIfExists(temporary);
		try {
			Episode episode = writeSequence(number, film, temporary);
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			return episode;
		} finally {
			Files.deleteIfExists(temporary);
		}
	}

	private Episode writeSequence(int number, Film film, Path file) throws IOException {
		ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
		try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			writer.prepareWriteSequence(null);
			IIOMetadata metadata = timing(writer, film.framesPerSecond());
			Episode episode = play(number, film.width(), film.height(), (frame, step, reward) -> {
				writer.writeToSequence(new IIOImage(frame, null, metadata), null);
				return step + 1 < film.maxFrames();
			});
			writer.endWriteSequence();
			return episode;
		} finally {
			writer.dispose();
		}
	}

	/** GIF counts time in hundredths of a second; the Netscape extension makes the film repeat. */
	private static IIOMetadata timing(ImageWriter writer, int framesPerSecond) throws IOException {
		IIOMetadata metadata = writer.getDefaultImageMetadata(
				ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB), null);
		String format = metadata.getNativeMetadataFormatName();
		IIOMetadataNode root = new IIOMetadataNode(format);
		IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
		control.setAttribute("disposalMethod", "none");
		control.setAttribute("userInputFlag", "FALSE");
		control.setAttribute("transparentColorFlag", "FALSE");
		control.setAttribute("delayTime", Integer.toString(Math.round(100f / framesPerSecond)));
		control.setAttribute("transparentColorIndex", "0");
		root.appendChild(control);
		IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
		IIOMetadataNode repeat = new IIOMetadataNode("ApplicationExtension");
		repeat.setAttribute("applicationID", "NETSCAPE");
		repeat.setAttribute("authenticationCode", "2.0");
		repeat.setUserObject(new byte[] { 1, 0, 0 });
		extensions.appendChild(repeat);
		root.appendChild(extensions);
		metadata.mergeTree(format, root);
		return metadata;
	}
}
