package org.headstart.engine.internal.results;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.engine.internal.plan.Step;

import com.google.gson.annotations.SerializedName;

/**
 * {@code step.json}: the provenance of a step's result. Equal runs write equal bytes.
 *
 * @param format           {@link ResultStore#FORMAT}
 * @param key              the step's key
 * @param kind             {@code acquire} or {@code adapt}
 * @param seed             number of the seed
 * @param rootSeed         the root of all randomness
 * @param needs            keys of the steps that it builds on
 * @param environmentSteps environment steps of training that were done, or as many of the other unit
 * @param unit             {@code examples} or {@code updates} where these are counted; null where it is environment steps
 * @param updates          updates that the learner made; null in an older version's file
 * @param outcomes descriptions of the outcomes in the metrics, in the environment's order
 * @param randomReturn     mean return of the uniformly random policy on the target; null for an acquisition
 * @param machine          the machine
 * @param backend          the backend that ran the networks, as {@code Network.backend()} names it; {@code executor} in the file
 * @param versions         versions of the code involved, by the name that {@link org.headstart.engine.internal.plan.StepCode} gives it
 * @param warmStarts       reports on the warm starts, tensor by tensor
 * @param agents           the agents saved in {@code checkpoint/}
 * @param kept             other kept files; null when there are none
 * @param warnings         reasons why the result is doubtful, for people
 * @param identity         the canonical text whose hash is the key, line by line
 */
public record StepProvenance(int format, String key, String kind, int seed, long rootSeed, List<String> needs,
		long environmentSteps, String unit, Long updates, List<OutcomeEntry> outcomes, Double randomReturn, Machine machine,
		@SerializedName("executor") String backend, SortedMap<String, String> versions, List<WarmStartEntry> warmStarts,
		List<String> agents, Kept kept, List<String> warnings, List<String> identity) implements Json.Checked {

	/** An older version's file has no outcomes and no warnings. */
	public StepProvenance {
		warnings = warnings == null ? List.of() : List.copyOf(warnings);
		outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
	}

	/** @return the unit */
	public BudgetUnit counted() {
		return Units.of(unit);
	}

	@Override
	public Optional<String> flaw() {
		if (format != ResultStore.FORMAT) {
			return Optional.of("it has format " + format + ", this version reads format " + ResultStore.FORMAT);
		}
		boolean whole = kind != null && machine != null && machine.java() != null && machine.system() != null
				&& machine.processor() != null && backend != null && environmentSteps >= 0 && Units.isOne(unit) && Json.whole(needs)
				&& versions != null && Json.whole(versions.values()) && Json.whole(warmStarts) && Json.whole(agents)
				&& Json.whole(identity) && outcomes.stream().allMatch(OutcomeEntry::whole)
				&& (kept == null || kept.whole());
		if (!whole) {
			return Optional.of("parts of it are missing");
		}
		// the key is also part of the file's path; it is the hash of the identity
		return Step.keyOf(String.join("\n", identity) + "\n").equals(key) ? Optional.empty()
				: Optional.of("its identity is not that of step " + key);
	}

	/**
	 * One of the environment's outcomes.
	 *
	 * @param name        its name, as in the metrics
	 * @param description one line
	 * @param unit        its unit, or empty
	 */
	public record OutcomeEntry(String name, String description, String unit) {

		private boolean whole() {
			return name != null && description != null && unit != null;
		}
	}

	/**
	 * The files that a step keeps beside metrics and agents.
	 *
	 * @param trials    rows of {@code trials.csv}; null without the file
	 * @param artefacts the strategy's artefacts, by name; null when there are none
	 */
	public record Kept(Long trials, List<ArtefactEntry> artefacts) {

		private boolean whole() {
			return artefacts == null || Json.whole(artefacts) && artefacts.stream().allMatch(ArtefactEntry::whole);
		}
	}

	/**
	 * An artefact of the strategy.
	 *
	 * @param file    path in the step's folder
	 * @param content kind and size, for people
	 * @param sha256  the file's checksum, 64 hexadecimal digits
	 */
	public record ArtefactEntry(String file, String content, String sha256) {

		private boolean whole() {
			return file != null && content != null && sha256 != null;
		}
	}

	/**
	 * One warm start.
	 *
	 * @param agent       the agent that was warm-started
	 * @param from        the knowledge it started from
	 * @param normalisers whether observation statistics were taken over
	 * @param exploration whether the exploration's state was taken over
	 * @param tensors     one line for each tensor: its name, and whether it was loaded, reset, frozen or skipped
	 */
	public record WarmStartEntry(String agent, String from, boolean normalisers, boolean exploration, List<String> tensors) {}
}
