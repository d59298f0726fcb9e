package org.headstart.wrappers;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStream;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.api.wrapper.WrappingSimulation;
import org.headstart.api.wrapper.WrappingSimulator;

/**
 * Shows the task's parameters beside the state: the contextual MDP's s′ = (s, ω) (Hallak et al. 2015). Id {@code context}.
 * The parameters are the last part of numbers, {@code context}. Noise, if any, is drawn once for each episode.
 */
public final class Context implements Wrapper<ContextSettings> {

	private static final String PART = "context";

	@Override
	public Simulator wrap(ContextSettings settings, TaskFamily family) {
		List<String> names = family.parameterNames();
		if (names.isEmpty()) {
			throw new IllegalArgumentException("the family's tasks do not differ in any parameter, so there is no context to show");
		}
		List<String> shown = settings.show().isEmpty() ? names
				: settings.show().stream().flatMap(name -> components(family, names, name).stream()).toList();
		return new Showing(Simulator.of(family.environment()), shown.stream().mapToInt(names::indexOf).toArray(), settings.noise());
	}

	/** The name of one component, or the names of a group's components. */
	private static List<String> components(TaskFamily family, List<String> names, String name) {
		return family.parameters().stream().filter(group -> group.name().equals(name)).findFirst().map(ParameterGroup::names)
				.or(() -> Optional.of(List.of(name)).filter(names::containsAll))
				.orElseThrow(() -> new IllegalArgumentException("show: the tasks have no parameter '" + name + "'; there are "
						+ family.parameters().stream().map(ParameterGroup::toString).collect(Collectors.joining(", "))));
	}

	private record Showing(Simulator inner, int[] shown, double noise) implements WrappingSimulator {

		@Override
		public List<ObservationPart> observationParts() {
			List<ObservationPart> parts = new ArrayList<>(inner.observationParts());
			parts.add(ObservationPart.numbers(PART,
					BoxSpace.uniform(shown.length, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)));
			return parts;
		}

		@Override
		public Simulation open(LaneStreams streams) {
			int offset = inner.observationParts().stream().mapToInt(part -> part.isBytes() ? 0 : part.size()).sum();
			return new Lanes(inner.open(streams), shown, offset, noise, streams);
		}
	}

	private static final class Lanes implements WrappingSimulation {

		private final Simulation inner;
		private final int[] shown;
		private final int partOffset;
		private final double noise;
		private final RandomStream[] random;
		/** [lanes × shown]. */
		private final float[] context;

		Lanes(Simulation inner, int[] shown, int partOffset, double noise, LaneStreams streams) {
			this.inner = inner;
			this.shown = shown;
			this.partOffset = partOffset;
			this.noise = noise;
			random = streams.of(PART);
			context = new float[streams.lanes() * shown.length];
		}

		@Override
		public Simulation inner() {
			return inner;
		}

		@Override
		public void start(int lane, double[] omega, int omegaOffset) {
			for (int i = 0; i < shown.length; i++) {
				double error = noise == 0 ? 0 : noise * random[lane].nextGaussian();
				context[lane * shown.length + i] = (float) (omega[omegaOffset + shown[i]] + error);
			}
			inner.start(lane, omega, omegaOffset);
		}

		@Override
		public void observe(int lane, float[] observation, int offset) {
			inner.observe(lane, observation, offset);
			System.arraycopy(context, lane * shown.length, observation, offset + partOffset, shown.length);
		}

		@Override
		public void writeLane(int lane, DataOutput out) throws IOException {
			for (int i = 0; i < shown.length; i++) {
				out.writeFloat(context[lane * shown.length + i]);
			}
			inner.writeLane(lane, out);
		}

		@Override
		public void readLane(int lane, DataInput in) throws IOException {
			for (int i = 0; i < shown.length; i++) {
				context[lane * shown.length + i] = in.readFloat();
			}
			inner.readLane(lane, in);
		}
	}
}
