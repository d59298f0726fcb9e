package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

	private static final String KEY = "0123456789abcdef";

	@TempDir
	Path folder;

	private Path write(int bytes) throws IOException {
		Path file = folder.resolve("checkpoint.bin");
		byte[] large = large(bytes);
		Snapshot.write(file, KEY, parts -> {
			parts.put("first", out -> out.writeInt(7));
			parts.put("empty", out -> {
				// nothing
			});
			parts.put("large", out -> out.write(large));
			parts.put("last", out -> out.writeUTF("ende"));
		});
		return file;
	}

	private static byte[] large(int bytes) {
		byte[] large = new byte[bytes];
		new Random(5).nextBytes(large);
		return large;
	}

	@Test
	void partsComeBackInAnyOrder() throws IOException {
		for (int bytes : new int[] {0, 1, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 300_000}) {
			Snapshot snapshot = Snapshot.read(write(bytes), KEY);
			snapshot.get("last", in -> assertEquals("ende", in.readUTF()));
			snapshot.get("large", in -> {
				byte[] found = new byte[bytes];
				in.readFully(found);
				assertArrayEquals(large(bytes), found);
			});
			snapshot.get("empty", in -> assertEquals(-1, in.read()));
			snapshot.get("first", in -> assertEquals(7, in.readInt()));
		}
	}

	@Test
	void aPartIsReadToItsEndAndNotBeyond() throws IOException {
		Snapshot snapshot = Snapshot.read(write(10), KEY);
		String unread = assertThrows(DamagedCheckpointException.class, () -> snapshot.get("large", in -> in.readInt())).getMessage();
		assertTrue(unread.contains("'large'") && unread.contains("6 bytes too many"), unread);
		String early = assertThrows(DamagedCheckpointException.class, () -> snapshot.get("first", in -> in.readLong())).getMessage();
		assertTrue(early.contains("'first'") && early.contains("ends too early"), early);
		assertThrows(DamagedCheckpointException.class, () -> snapshot.get("other", in -> in.readInt()));
	}

	@Test
	void everyFlippedByteAndEveryCutIsFoundBeforeAnythingIsUsed() throws IOException {
		Path file = write(50);
		byte[] whole = Files.readAllBytes(file);
		for (int i = 0; i < whole.length; i++) {
			byte[] damaged = whole.clone();
			damaged[i] ^= 16;
			Files.write(file, damaged);
			assertThrows(DamagedCheckpointException.class, () -> Snapshot.read(file, KEY));
			Files.write(file, Arrays.copyOf(whole, i));
			assertThrows(DamagedCheckpointException.class, () -> Snapshot.read(file, KEY));
		}
		Files.write(file, Arrays.copyOf(whole, whole.length + 1));
		assertThrows(DamagedCheckpointException.class, () -> Snapshot.read(file, KEY));
		Files.write(file, whole);
		assertThrows(DamagedCheckpointException.class, () -> Snapshot.read(file, "another step"));
		Snapshot.read(file, KEY);
	}

	@Test
	void whatFailsInWritingLeavesTheOldFile() throws IOException {
		Path file = write(50);
		byte[] whole = Files.readAllBytes(file);
		assertThrows(IllegalStateException.class, () -> Snapshot.write(file, KEY, parts -> {
			parts.put("first", out -> out.write(large(200_000)));
			throw new IllegalStateException();
		}));
		assertArrayEquals(whole, Files.readAllBytes(file));
		try (var files = Files.list(folder)) {
			assertEquals(List.of(file), files.toList());
		}
	}
}
