package org.headstart.learners.ppo;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.random.RandomStream;

/**
 * A law whose first observed number, −1 to 1, is shown as two bytes, 0 to 255 and the other way round; what is left of the numbers
 * is shown beside it, or nothing.
 *
 * @param law     the law
 * @param numbers whether the other numbers are shown
 * @param all     scratch: all numbers of a lane
 */
record SeenSignal(Dynamics law, boolean numbers, float[] all) implements Dynamics {

	private static final List<ObservationPart> SCREEN = List.of(new ObservationPart("screen", List.of(2), Optional.empty(), 1));

	SeenSignal(Dynamics law, boolean numbers) {
		this(law, numbers, new float[law.observationSpace().size()]);
	}

	@Override
	public BoxSpace observationSpace() {
		return numbers ? BoxSpace.uniform(law.observationSpace().size() - 1, -1, 1) : BoxSpace.uniform(0, 0, 0);
	}

	@Override
	public List<ObservationPart> images() {
		return SCREEN;
	}

	@Override
	public ActionSpace actionSpace() {
		return law.actionSpace();
	}

	@Override
	public int stateSize() {
		return law.stateSize();
	}

	@Override
	public int parameterCount() {
		return law.parameterCount();
	}

	@Override
	public int maxEpisodeSteps() {
		return law.maxEpisodeSteps();
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		law.start(state, stateOffset, omega, omegaOffset, random);
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		law.step(state, omega, actions, lanes, random, rewards, terminated);
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		if (numbers) {
			law.observe(state, stateOffset, omega, omegaOffset, all, 0);
			System.arraycopy(all, 1, observation, observationOffset, all.length - 1);
		}
	}

	@Override
	public void draw(int image, double[] state, int stateOffset, double[] omega, int omegaOffset, byte[] pixels, int pixelOffset) {
		law.observe(state, stateOffset, omega, omegaOffset, all, 0);
		pixels[pixelOffset] = (byte) (255 * (all[0] + 1) / 2);
		pixels[pixelOffset + 1] = (byte) (255 - 255 * (all[0] + 1) / 2);
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		// nobody watches
	}
}
