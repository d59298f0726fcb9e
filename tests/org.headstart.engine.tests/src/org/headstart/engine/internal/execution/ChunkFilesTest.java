package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkFilesTest {

	private static final String KEY = "step";

	@TempDir
	Path temp;
	private Path folder;
	private Path checkpoint;
	private ChunkFiles chunks;

	@BeforeEach
	void open() {
		folder = temp.resolve("chunks-0");
		checkpoint = temp.resolve("checkpoint.bin");
		chunks = new ChunkFiles(folder);
	}

	/** A state that is these chunks, each with the number as content. */
	private void write(Path file, int... numbers) throws IOException {
		Snapshot.write(file, KEY, parts -> {
			keep(numbers);
			parts.put("chunks", chunks::writeKept);
		});
	}

	private void keep(int... numbers) throws IOException {
		chunks.begin();
		for (int number : numbers) {
			chunks.keep("replay-" + number, out -> out.writeInt(number));
		}
	}

	/** A new process. */
	private void reopen() throws IOException {
		chunks = new ChunkFiles(folder);
		Snapshot.read(checkpoint, KEY).get("chunks", in -> chunks.readKept(in, false));
	}

	private void assertHas(int... numbers) throws IOException {
		for (int number : numbers) {
			chunks.read("replay-" + number, in -> assertEquals(number, in.readInt()));
		}
	}

	private List<String> files() throws IOException {
		try (var files = Files.list(folder)) {
			return List.copyOf(new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()));
		}
	}

	@Test
	void aChunkIsWrittenOnceAndGoesWithTheFirstDurableStateWithoutIt() throws IOException {
		write(checkpoint, 0, 1);
		chunks.written(false);
		chunks.begin();
		chunks.keep("replay-1", out -> {
			throw new AssertionError("written twice");
		});
		write(checkpoint, 1, 2);
		assertEquals(List.of("replay-0", "replay-1", "replay-2"), files(), "not before it is known that the checkpoint is durable");
		chunks.written(false);
		assertEquals(List.of("replay-1", "replay-2"), files());
		reopen();
		assertHas(1, 2);
		assertThrows(IOException.class, () -> assertHas(0));
	}

	@Test
	void aKillBetweenAnyTwoWritesLeavesTheLastDurableState() throws IOException {
		write(checkpoint, 0, 1);
		chunks.written(false);
		// killed after a chunk of the next state, before its checkpoint
		keep(1, 2);
		reopen();
		assertHas(0, 1);
		// the run goes elsewhere this time: what the killed process left under that name is not taken for it
		chunks.begin();
		chunks.keep("replay-1", out -> out.writeInt(1));
		chunks.keep("replay-2", out -> out.writeInt(22));
		Snapshot.write(checkpoint, KEY, parts -> parts.put("chunks", chunks::writeKept));
		// killed after the checkpoint, before what it does without is deleted
		reopen();
		assertHas(1);
		chunks.read("replay-2", in -> assertEquals(22, in.readInt()));
		assertEquals(List.of("replay-0", "replay-1", "replay-2"), files());
		write(checkpoint, 2);
		chunks.written(false);
		assertEquals(List.of("replay-2"), files());
	}

	@Test
	void whatThePhasesEndWithStaysAsLongAsTheStep() throws IOException {
		Path phase = temp.resolve("phase-0.bin");
		write(phase, 0, 1);
		chunks.written(true);
		write(checkpoint, 1, 2);
		chunks.written(false);
		write(checkpoint, 3);
		chunks.written(false);
		assertEquals(List.of("replay-0", "replay-1", "replay-3"), files());
		chunks = new ChunkFiles(folder);
		Snapshot.read(phase, KEY).get("chunks", in -> chunks.readKept(in, true));
		assertHas(0, 1);
		Snapshot.read(checkpoint, KEY).get("chunks", in -> chunks.readKept(in, false));
		assertHas(3);
		write(checkpoint, 4);
		chunks.written(false);
		assertEquals(List.of("replay-0", "replay-1", "replay-4"), files());
	}

	@Test
	void damageIsFoundBeforeAnythingIsRead() throws IOException {
		write(checkpoint, 0, 1);
		chunks.written(false);
		Path chunk = folder.resolve("replay-1");
		byte[] whole = Files.readAllBytes(chunk);
		for (byte[] damaged : new byte[][] {{}, {0, 0, 0}, {0, 0, 0, 2}, {0, 0, 0, 1, 0}}) {
			Files.write(chunk, damaged);
			String message = assertThrows(DamagedCheckpointException.class, this::reopen).getMessage();
			assertTrue(message.contains("replay-1"), message);
		}
		Files.delete(chunk);
		assertThrows(DamagedCheckpointException.class, this::reopen);
		Files.createSymbolicLink(chunk, Path.of("/dev/zero"));
		assertThrows(DamagedCheckpointException.class, this::reopen);
		Files.delete(chunk);
		Files.write(chunk, whole);
		reopen();
		assertThrows(DamagedCheckpointException.class, () -> chunks.read("replay-1", in -> in.readShort()), "half of it");
		assertThrows(DamagedCheckpointException.class, () -> chunks.read("replay-1", in -> in.readLong()), "more than there is");
	}
}
