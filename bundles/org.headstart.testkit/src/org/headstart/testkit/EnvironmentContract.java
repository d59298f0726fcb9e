package org.headstart.testkit;

import java.io.IOException;

import org.headstart.api.environment.TaskFamily;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every environment must keep, as tests: extend this class, return the family, and JUnit runs them.
 *
 * <pre>{@code
 * class MyEnvironmentTest extends EnvironmentContract {
 * 	@Override
 * 	protected TaskFamily family() {
 * 		return new MyEnvironment().create(new MySettings(...));
 * 	}
 * }
 * }</pre>
 *
 * <p>One class per variant of the settings that takes another way through the code. The runs are as long as the time limit asks
 * for; a variant with a limit of some hundred steps is tested in a second.
 */
public abstract class EnvironmentContract {

	private final LanesUnderTest tested = new LanesUnderTest(this::family);

	/**
	 * The family under test.
	 *
	 * @return a new instance at each call, always of the same settings
	 */
	protected abstract TaskFamily family();

	/**
	 * How many vector steps of 8 lanes come at least before allocations are looked for, which takes as many again and more. To
	 * be lowered where a step is much work, so that compiled code is reached sooner.
	 *
	 * @return vector steps
	 */
	protected int warmUpSteps() {
		return 20_000;
	}

	/**
	 * Whether a step may take memory: one that talks to a process outside, for example.
	 *
	 * @return by default false
	 */
	protected boolean stepsAllocate() {
		return false;
	}

	@AfterEach
	void closeLanes() {
		tested.close();
	}

	@Test
	void sameSeedGivesTheSameTrajectoryBitForBit() {
		new DeterminismChecks(tested).sameSeedGivesTheSameTrajectoryBitForBit();
	}

	@Test
	void lanesAreIndependent() {
		new DeterminismChecks(tested).lanesAreIndependent();
	}

	@Test
	void resetLeavesNothingOfThePreviousEpisodes() throws IOException {
		new DeterminismChecks(tested).resetLeavesNothingOfThePreviousEpisodes();
	}

	/** Wrappers and lanes side by side move some lanes and not others. */
	@Test
	void lanesAreIndependentOfWhoMoves() {
		new DeterminismChecks(tested).lanesAreIndependentOfWhoMoves();
	}

	@Test
	void observationsLieInTheirSpace() {
		new EpisodeChecks(tested).observationsLieInTheirSpace();
	}

	@Test
	void episodesEndByTerminationOrExactlyAtTheTimeLimit() {
		new EpisodeChecks(tested).episodesEndByTerminationOrExactlyAtTheTimeLimit();
	}

	@Test
	void rewardsAreFiniteAndReturnsWithinTheirBounds() {
		new EpisodeChecks(tested).rewardsAreFiniteAndReturnsWithinTheirBounds();
	}

	@Test
	void taskSetsHaveNamesAndASourceComesFirst() {
		new TaskSetChecks(tested).taskSetsHaveNamesAndASourceComesFirst();
	}

	@Test
	void sampledTasksBelongToTheirSet() {
		new TaskSetChecks(tested).sampledTasksBelongToTheirSet();
	}

	@Test
	void setsOfDifferentRolesAreDisjoint() {
		new TaskSetChecks(tested).setsOfDifferentRolesAreDisjoint();
	}

	@Test
	void samplingATaskDependsOnTheStreamOnlyAndWritesItsPlaceOnly() {
		new TaskSetChecks(tested).samplingATaskDependsOnTheStreamOnlyAndWritesItsPlaceOnly();
	}

	@Test
	void aStepAllocatesNothing() {
		Assumptions.assumeFalse(stepsAllocate());
		new MemoryChecks(tested).aStepAllocatesNothing(warmUpSteps());
	}

	@Test
	void theArraysStayTheSameObjects() {
		new MemoryChecks(tested).theArraysStayTheSameObjects();
	}

	@Test
	void aCheckpointContinuesAsIfNothingHadHappened() throws IOException {
		new SavedStateChecks(tested).aCheckpointContinuesAsIfNothingHadHappened();
	}

	@Test
	void aStateCanBeTakenOutAndPutBack() {
		new SavedStateChecks(tested).aStateCanBeTakenOutAndPutBack();
	}

	@Test
	void actionsBeyondTheBoundsMoveAsTheBoundsDo() {
		new EpisodeChecks(tested).actionsBeyondTheBoundsMoveAsTheBoundsDo();
	}

	@Test
	void everyReachedStateCanBeDrawnWithoutADisplay() {
		new ReadoutChecks(tested).everyReachedStateCanBeDrawnWithoutADisplay();
	}

	@Test
	void aTrialIsThatManyEpisodesOnOneTask() {
		new TrialChecks(tested).aTrialIsThatManyEpisodesOnOneTask();
	}

	@Test
	void historyAndTaskAreShownBesideTheObservation() {
		new TrialChecks(tested).historyAndTaskAreShownBesideTheObservation();
	}

	@Test
	void whatHappensInATrialIsWhatHappensInEpisodesOnThatTask() {
		new TrialChecks(tested).whatHappensInATrialIsWhatHappensInEpisodesOnThatTask();
	}

	@Test
	void lanesSideBySideShareTheirTaskAndKeepInStep() {
		new TrialChecks(tested).lanesSideBySideShareTheirTaskAndKeepInStep();
	}

	@Test
	void pairsAreIndependentOfOtherPairs() {
		new TrialChecks(tested).pairsAreIndependentOfOtherPairs();
	}

	@Test
	void aCheckpointWithinATrialContinuesAsIfNothingHadHappened() throws IOException {
		new TrialChecks(tested).aCheckpointWithinATrialContinuesAsIfNothingHadHappened();
	}

	@Test
	void outcomesReferencesAndTracesHaveNames() {
		new ReadoutChecks(tested).outcomesReferencesAndTracesHaveNames();
	}
}
