package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.checkpoint.RegularFile;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.learner.AgentView;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.ResultsException;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;

/**
 * The description of a saved agent as data: the file {@value #FILE} beside the networks, which contain the architecture, and
 * the learner's knowledge, which contains the normalisers and the distribution's parameters outside of the networks.
 *
 * @param format      version of this format
 * @param learner     the learner's id; for a strategy's own learner, the strategy's id
 * @param kind        the kind of the id: {@code learner} or {@code strategy}
 * @param bundle      its bundle
 * @param settings    the learner's settings, by key
 * @param losses      losses whose heads the network has, in order
 * @param networks    the networks, in order
 * @param observation the observation space, part by part
 * @param actions     the action space
 * @param training    the view of the training lanes
 * @param evaluation  the view of the evaluation lanes
 * @param memory      the duration of its recurrent state
 */
record AgentDescription(int format, String learner, String kind, String bundle, Map<String, Object> settings, List<Loss> losses,
		List<Graph> networks, List<Part> observation, Space actions, Shown training, Shown evaluation, AgentView.Memory memory) {

	static final String FILE = "agent.json";
	static final int FORMAT = 1;
	static final String STRATEGY = "strategy";

	private static final int LARGEST = 1 << 24;
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping()
			.setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

	/** A loss. */
	record Loss(String id, double weight, Map<String, Object> settings) {}

	/** The properties of a network that its graph does not contain. */
	record Graph(String name, List<Read> inputs, List<Stood> heads) {

		static Graph of(String name, Network network, Map<String, Head.Role> roles) {
			List<Stood> heads = new ArrayList<>();
			for (int head = 0; head < network.heads().size(); head++) {
				String called = network.heads().get(head);
				heads.add(new Stood(called, roles.getOrDefault(called, Head.Role.AUXILIARY), network.headSize(head)));
			}
			return new Graph(name, network.inputs().stream().map(input -> new Read(input.name(), input.shape(), input.bytes())).toList(),
					heads);
		}

		List<Input> networkInputs() {
			return inputs.stream().map(input -> new Input(input.name(), input.shape(), input.bytes())).toList();
		}

		List<Head> networkHeads() {
			return heads.stream().map(head -> new Head(head.name(), head.role(), head.size(), 1)).toList();
		}
	}

	/** An input. */
	record Read(String name, List<Integer> shape, boolean bytes) {}

	/** A head. */
	record Stood(String name, Head.Role role, int size) {}

	/**
	 * A part of an observation.
	 *
	 * @param numbers bounds of its numbers; nothing where it is made of bytes
	 */
	record Part(String name, List<Integer> shape, int frames, Space numbers) {

		static List<Part> of(ObservationSpace space) {
			return space.parts().stream().map(part -> new Part(part.name(), part.shape(), part.frames(),
					part.bounds().map(Space::of).orElse(null))).toList();
		}

		ObservationPart part() {
			return new ObservationPart(name, shape, Optional.ofNullable(numbers).map(Space::box), frames);
		}
	}

	/**
	 * A space.
	 *
	 * @param choices actions of a discrete one; 0 for others
	 * @param counts  actions of each choice of a multi-discrete one; nothing for others
	 * @param shape   of a box
	 * @param low     lowest values; one for all where they are the same. Texts, since JSON knows no infinity
	 * @param high    highest values
	 */
	record Space(int choices, List<Integer> counts, List<Integer> shape, List<String> low, List<String> high) {

		static Space of(ActionSpace space) {
			return switch (space) {
				case DiscreteSpace discrete -> new Space(discrete.count(), null, List.of(), List.of(), List.of());
				case MultiDiscreteSpace several ->
					new Space(0, Arrays.stream(several.counts()).boxed().toList(), List.of(), List.of(), List.of());
				case BoxSpace box -> new Space(0, null, box.shape(), texts(box.low()), texts(box.high()));
			};
		}

		private static List<String> texts(float[] values) {
			List<String> texts = new ArrayList<>();
			for (float value : values) {
				texts.add(Float.toString(value));
			}
			return texts.stream().distinct().count() == 1 ? texts.subList(0, 1) : texts;
		}

		ActionSpace space() {
			if (counts != null) {
				return new MultiDiscreteSpace(counts.stream().mapToInt(Integer::intValue).toArray());
			}
			return choices > 0 ? new DiscreteSpace(choices) : box();
		}

		BoxSpace box() {
			return new BoxSpace(floats(low), floats(high), shape);
		}

		private float[] floats(List<String> texts) {
			long size = 1;
			for (int each : shape) {
				size = Math.multiplyExact(size, each);
			}
			if (size < 1 || size > LARGEST || texts.size() != 1 && texts.size() != size) {
				throw new IllegalArgumentException("a box of " + size + " components cannot have " + texts.size() + " bounds");
			}
			float[] values = new float[(int) size];
			for (int i = 0; i < size; i++) {
				values[i] = Float.parseFloat(texts.get(texts.size() == 1 ? 0 : i));
			}
			return values;
		}
	}

	/** The view of lanes. */
	record Shown(int episodes, int lanesPerTask, boolean aligned, boolean history, boolean task) {

		static Shown of(View view) {
			return new Shown(view.trial().episodes(), view.trial().lanesPerTask(), view.trial().aligned(), view.history(), view.task());
		}

		View view() {
			return new View(new Trial(episodes, lanesPerTask, aligned), history, task);
		}
	}

	ObservationSpace observationSpace() {
		return new ObservationSpace(observation.stream().map(Part::part).toList());
	}

	AgentView view() {
		return new AgentView(training.view(), evaluation.view(), memory);
	}

	void write(Path folder) throws IOException {
		DurableFiles.replace(folder.resolve(FILE), GSON.toJson(this) + "\n");
	}

	static AgentDescription read(Path folder) throws IOException {
		Path file = folder.resolve(FILE);
		try {
			AgentDescription read = GSON.fromJson(RegularFile.text(file, LARGEST), AgentDescription.class);
			if (read == null || read.format() != FORMAT) {
				throw new ResultsException(file + (read == null ? " is damaged: it is empty"
						: " has format " + read.format() + "; this version reads format " + FORMAT));
			}
			// missing parts are found here, not later where they are used
			read.view();
			read.observationSpace();
			read.actions().space();
			read.networks().forEach(network -> {
				network.networkInputs();
				network.networkHeads();
			});
			List.copyOf(read.losses());
			Map.copyOf(read.settings());
			return read;
		} catch (RuntimeException e) {
			// beside its own exceptions the library passes on those of records' constructors
			throw new ResultsException(file + " is damaged (" + (e.getMessage() == null ? "parts of it are missing" : e.getMessage())
					+ ")", e);
		} catch (NoSuchFileException e) {
			throw new ResultsException(file + " is missing: " + folder + " holds no agent that describes itself", e);
		} catch (ResultsException e) {
			throw e;
		} catch (IOException e) {
			throw ResultsException.reading(file, e);
		}
	}
}
