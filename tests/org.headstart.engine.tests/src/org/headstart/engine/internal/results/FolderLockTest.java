package org.headstart.engine.internal.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

	/** Of a process that lives here, too: it says nothing of the one there. */
	private static final String THERE = "process " + ProcessHandle.current().pid() + " on node-7 since 2026-01-31T12:00:00Z";
	private static final String KEY = "0123456789abcdef0123456789abcdef";

	@TempDir
	private Path folder;
	private ResultStore store;
	private Path file;

	@BeforeEach
	void make() throws IOException {
		store = new ResultStore(folder);
		file = Files.createDirectory(folder.resolve("steps")).resolve(KEY + ".lock");
	}

	private void leave(String text, Duration silence) throws IOException {
		Files.writeString(file, text + "\n");
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(silence)));
	}

	@Test
	void theFileSaysWhichProcessOnWhichComputerHoldsIt() throws IOException {
		try (FolderLock lock = store.lockStep(KEY).orElseThrow()) {
			String text = Files.readString(file);
			assertTrue(text.startsWith("process " + ProcessHandle.current().pid() + " on " + Machine.host() + " since 20"), text);
			assertEquals(Optional.empty(), store.lockStep(KEY));
			assertTrue(store.stepHolder(KEY).contains("this process"), store.stepHolder(KEY));
		}
		assertFalse(Files.exists(file));
	}

	/** As on a file system whose locks are not seen on other computers. */
	@Test
	void whatAnotherComputerHoldsIsNotTakenOver() throws IOException {
		leave(THERE, Duration.ofSeconds(3));
		FileTime before = Files.getLastModifiedTime(file);
		assertEquals(Optional.empty(), store.lockStep(KEY));
		String told = store.stepHolder(KEY);
		assertTrue(told.contains(THERE + ", which is another computer. End it there") && told.contains("If node-7 is down"), told);
		assertEquals(THERE + "\n", Files.readString(file));
		assertEquals(before, Files.getLastModifiedTime(file), "asking must be no sign of life");
	}

	@Test
	void whatAnotherComputerHasLeftIsTakenOver() throws IOException {
		leave(THERE, RunStatus.SILENCE.plusSeconds(1));
		store.lockStep(KEY).orElseThrow().close();
	}

	@Test
	void whatThisComputersProcessesLeaveIsTakenOverAtOnce() throws IOException {
		leave("process 1 on " + Machine.host() + " since 2026-01-31T12:00:00Z", Duration.ZERO);
		store.lockStep(KEY).orElseThrow().close();
		leave("no word of a process", Duration.ZERO);
		store.lockStep(KEY).orElseThrow().close();
	}

	@Test
	void aHolderShowsThatItLives() throws IOException, InterruptedException {
		try (FolderLock lock = store.lockStep(KEY).orElseThrow()) {
			FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
			Files.setLastModifiedTime(file, old);
			long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
			while (Files.getLastModifiedTime(file).equals(old)) {
				assertTrue(System.nanoTime() < end, "no sign of life");
				Thread.sleep(50);
			}
		}
	}

	@Test
	void aRunOfAnotherComputerIsToldAsSuch() throws IOException {
		file = folder.resolve(".lock");
		leave(THERE, Duration.ZERO);
		String refusal = assertThrows(ResultsException.class, store::lock).getMessage();
		assertTrue(refusal.contains("another run is already running in " + folder + ": " + THERE + ", which is another computer."),
				refusal);
		assertTrue(refusal.contains("stop it there first") && refusal.endsWith("delete " + file + "."), refusal);
	}
}
