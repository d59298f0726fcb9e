package org.headstart.cli.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.DataSet.Split;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.View;
import org.headstart.api.settings.SettingEntry;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.runtime.internal.ExampleExperiments.Example;

import com.google.gson.annotations.SerializedName;

/**
 * An element of the document of {@code describe --json}: one thing with the given name.
 *
 * @param kind        environment, backbone, learner, strategy, executor, experiment or example
 * @param id          its id
 * @param name        its name, for people; null for an example and for experiment files
 * @param description one line; null for experiment files
 * @param bundle      its bundle; null for experiment files
 * @param settings    its settings, or the keys of experiment files; null for an example
 * @param family      the family with an environment's default settings; null for other kinds, and if a setting is required
 * @param text        an example's text; null for everything else
 */
record DescriptionJson(String kind, String id, String name, String description, String bundle, List<Setting> settings,
		Family family, String text) {

	/**
	 * A setting.
	 *
	 * @param key      its key in the experiment file
	 * @param type     its type, for people
	 * @param unit     empty for a pure number
	 * @param min      the lowest number allowed, or null
	 * @param max      the highest number allowed, or null
	 * @param plausibleMin below it there is a warning, or null
	 * @param plausibleMax above it there is a warning, or null
	 * @param choices  the possible values, if they can be listed
	 * @param required whether it has no default
	 * @param value    the default as YAML, or null
	 * @param doc      one line of documentation
	 * @param settings the inner settings
	 */
	private record Setting(String key, String type, String unit, double min, double max, double plausibleMin,
			double plausibleMax, List<String> choices, boolean required,
			@SerializedName("default") String value, String doc, List<Setting> settings) {

		static List<Setting> of(List<SettingEntry> entries) {
			return entries.stream().map(entry -> new Setting(entry.key(), entry.type(), entry.unit(), entry.min(), entry.max(),
					entry.plausibleMin(), entry.plausibleMax(),
					entry.choices(), entry.byDefault().isEmpty(), entry.byDefault().orElse(null), entry.doc(),
					entry.nested().map(nested -> of(nested.entries())).orElse(List.of()))).toList();
		}
	}

	/**
	 * A task family.
	 *
	 * @param observations    number of numbers in an observation
	 * @param images          images in an observation: name and sizes of the axes, channels first
	 * @param actions         number of actions of a single choice; otherwise number of choices, or of components of a vector
	 * @param discrete        whether actions consist of choices
	 * @param choices         number of actions of each choice; empty for vectors
	 * @param maxEpisodeSteps time limit of an episode
	 * @param parameters      names of a task's parameters
	 * @param parameterGroups their descriptions, in groups
	 * @param tasks           the task sets
	 * @param outcomes        the outcomes beside the return
	 * @param references      the algorithms to compare with
	 */
	private record Family(int observations, List<Image> images, int actions, boolean discrete, List<Integer> choices,
			int maxEpisodeSteps, List<String> parameters, List<Parameters> parameterGroups, List<Tasks> tasks, List<Measure> outcomes,
			List<Reference> references) {

		static Family of(TaskFamily family) {
			ActionSpace actions = family.environment().actionSpace();
			ObservationSpace observation = View.PLAIN.observationSpace(family.environment());
			return new Family(observation.rowSize(), observation.images().stream()
					.map(image -> new Image(image.name(), image.shape())).toList(), switch (actions) {
						case DiscreteSpace choice -> choice.count();
						case MultiDiscreteSpace several -> several.counts().length;
						case BoxSpace box -> box.size();
					}, !(actions instanceof BoxSpace), Arrays.stream(actions.counts()).boxed().toList(),
					family.environment().maxEpisodeSteps(), family.parameterNames(),
					family.parameters().stream().map(group -> new Parameters(group.name(), group.size(), group.unit(), group.low(),
							group.high(), group.nominal())).toList(),
					family.taskSets().stream()
							.map(set -> new Tasks(set.name(), set.description(), set.role().toString(), set.role().heldOut(),
									Examples.of(family.dataSets().get(set.name()))))
							.toList(),
					family.environment().outcomes().stream()
							.map(outcome -> new Measure(outcome.name(), outcome.description(), outcome.unit())).toList(),
					family.references().stream().map(reference -> new Reference(reference.name(), reference.description(),
							reference.seesTask(), reference.parameter(), reference.defaultParameter())).toList());
		}
	}

	private record Image(String name, List<Integer> shape) {}

	/** A missing bound is null, and so is a missing nominal value. */
	private record Parameters(String name, int size, String unit, double low, double high, double nominal) {}

	/** Without a data set {@code examples} is null. */
	private record Tasks(String name, String description, String role, boolean heldOut, Examples examples) {}

	/** The numbers of training and test examples. */
	private record Examples(int train, int test, boolean labelled) {

		static Examples of(DataSet dataSet) {
			return dataSet == null ? null
					: new Examples(dataSet.size(Split.TRAIN), dataSet.size(Split.TEST), dataSet.labels().isPresent());
		}
	}

	private record Measure(String name, String description, String unit) {}

	/** The parameter's name is empty if there is none; if its default is null, the algorithm chooses the value. */
	private record Reference(String name, String description, boolean seesTask, String parameter, double defaultParameter) {}

	static DescriptionJson of(String kind, Contribution<?> contribution, List<SettingEntry> settings, Optional<TaskFamily> family) {
		return new DescriptionJson(kind, contribution.id(), contribution.name(), contribution.description(), contribution.bundle(),
				Setting.of(settings), family.map(Family::of).orElse(null), null);
	}

	static DescriptionJson ofExperimentFiles(String id, List<SettingEntry> keys) {
		return new DescriptionJson("experiment", id, null, null, null, Setting.of(keys), null, null);
	}

	static DescriptionJson of(Example example) throws IOException {
		return new DescriptionJson("example", example.name(), null, example.description(), example.bundle(), null, null,
				example.text());
	}
}
