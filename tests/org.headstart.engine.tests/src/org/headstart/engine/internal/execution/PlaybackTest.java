package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybackTest {

	@TempDir
	Path temp;
	private ResultStore store;
	private Plan plan;

	@BeforeEach
	void run() throws IOException {
		String text = WalkExperiment.text(1, 400, WalkExperiment.ARMS);
		store = new ResultStore(temp.resolve("out"));
		plan = WalkExperiment.plan(text);
		ExperimentRun.run(WalkSupervisor.request(text, store.folder(), 0, new CancelToken()), WalkSupervisor.SILENT,
				new LinearNetwork.Factory());
	}

	private Playback playback(Step step) throws IOException {
		return Playback.of(store, plan, step.key(), WalkExperiment.catalog(), new LinearNetwork.Factory());
	}

	@Test
	void episodesOfEveryStepCanBeWatched() throws IOException {
		for (Step step : plan.steps()) {
			List<Integer> steps = new ArrayList<>();
			Playback.PlayedTrial episode = playback(step).play(1, 80, 60, (frame, number, at, reward) -> {
				assertEquals(80, frame.getWidth());
				assertEquals(60, frame.getHeight());
				assertEquals(1, number);
				steps.add(at);
				return true;
			});
			assertTrue(episode.complete());
			assertEquals(1, episode.episodeReturns().size());
			assertEquals(episode.steps(), steps.size());
			assertEquals(0, steps.get(0));
			Playback.PlayedTrial again = playback(step).play(1, 80, 60, (frame, number, at, reward) -> true);
			assertEquals(episode, again, "equal numbers, equal episodes");
		}
	}

	/** Agents with a view or a learner of their own, and what was only judged, are found by asking the strategy. */
	@Test
	void wholeTrialsOfWhateverPlayedCanBeWatched() throws IOException {
		String text = WalkExperiment.trials(1, 400);
		store = new ResultStore(temp.resolve("trials"));
		plan = WalkExperiment.plan(text);
		ExperimentRun.run(WalkSupervisor.request(text, store.folder(), 0, new CancelToken()), WalkSupervisor.SILENT,
				new LinearNetwork.Factory());
		assertEquals(4, plan.steps().size());
		for (Step step : plan.steps()) {
			List<Integer> episodes = new ArrayList<>();
			List<Integer> steps = new ArrayList<>();
			int[] colours = new int[2];
			Playback.PlayedTrial trial = playback(step).play(1, 90, 60, (frame, number, at, reward) -> {
				episodes.add(number);
				steps.add(at);
				assertEquals(at == 0, reward == 0, step.label());
				// the bar's part of the present episode is dark, the others are not
				colours[0] = frame.getRGB(30 * (number - 1) + 15, 59);
				colours[1] = frame.getRGB((30 * number + 15) % 90, 59);
				assertTrue((colours[0] & 0xFF) < (colours[1] & 0xFF), step.label());
				return true;
			});
			assertTrue(trial.complete());
			assertEquals(3, trial.episodeReturns().size());
			assertEquals(List.of(1, 2, 3), episodes.stream().distinct().toList());
			assertEquals(3, steps.stream().filter(at -> at == 0).count());
			assertEquals(trial, playback(step).play(1, 90, 60, (frame, number, at, reward) -> true));
		}
	}

	@Test
	void aTrialEndsWhereNoMoreFramesAreTaken() throws IOException {
		List<Integer> steps = new ArrayList<>();
		Playback.PlayedTrial cut = playback(plan.steps().get(1)).play(2, 64, 48, (frame, number, at, reward) -> {
			steps.add(at);
			return steps.size() < 2;
		});
		assertFalse(cut.complete());
		assertEquals(List.of(0, 1), steps);
	}

	@Test
	void anUnfinishedStepCannotBeWatched() {
		Plan other = WalkExperiment.plan(WalkExperiment.text(2, 400, WalkExperiment.ARMS));
		ResultsException refused = assertThrows(ResultsException.class, () -> Playback.of(store, other,
				other.steps().get(other.steps().size() - 1).key(), WalkExperiment.catalog(), new LinearNetwork.Factory()));
		assertTrue(refused.getMessage().contains("not finished"), refused.getMessage());
	}
}
