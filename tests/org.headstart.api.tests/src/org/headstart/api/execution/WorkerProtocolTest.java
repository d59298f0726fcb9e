package org.headstart.api.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.headstart.api.execution.WorkerProtocol.Answer;
import org.junit.jupiter.api.Test;

class WorkerProtocolTest {

	@Test
	void answersSurviveTheWay() {
		for (Answer answer : List.of(new Answer.Ready(), new Answer.Started("k"), new Answer.Progress("k", 12, 34_000_000_000L),
				new Answer.Note("k", "two\nlines \\n and a \\ backslash\r"), new Answer.Finished("k"),
				new Answer.Failed("k", "what went wrong"), new Answer.Broken("cannot\nwork"))) {
			String line = WorkerProtocol.line(answer);
			assertEquals(1, line.lines().count());
			assertEquals(Optional.of(answer), WorkerProtocol.answer(line));
			assertEquals(Optional.of(answer), WorkerProtocol.answer("printed by a library " + line));
		}
	}

	@Test
	void whatOthersPrintIsNotAnAnswer() {
		for (String line : List.of("", "OpenBLAS warning", "headstart: ", "headstart: PROGRESS", "headstart: PROGRESS k x 3",
				"headstart: DANCE k", "headstart: FAILED k", "headstart: STARTED", "headstart: NOTE k " + "x".repeat(100_000))) {
			assertTrue(WorkerProtocol.answer(line).isEmpty(), line);
		}
	}
}
