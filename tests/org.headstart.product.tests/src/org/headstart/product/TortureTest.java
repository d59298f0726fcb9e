package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.headstart.product.torture.Torture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Short forms of the harness, of some seconds and, nightly, of about two minutes on two free processors. {@code headstart torture} is the long one. Always the
 * same seed, so that a failure is the change's: {@code -Dheadstart.torture.seed=N} takes another one.
 */
class TortureTest {

	private static final long SEED = Long.getLong("headstart.torture.seed", 7);
	private static final Duration BEGUN_WITHIN = Duration.ofMinutes(10);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path folder;

	@Tag("nightly")
	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({"files, 400", "damages, 16", "kills, 10"})
	void holdsOutLonger(String part, int most) throws Exception {
		holdsOut(part, most);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({"files, 40", "damages, 2", "kills, 1"})
	void holdsOut(String part, int most) throws Exception {
		Torture torture = new Torture(SEED, folder, Runtime.getRuntime().availableProcessors(), System.out);
		int done = torture.run(part, -1, most, BEGUN_WITHIN);
		torture.end();
		assertEquals(List.of(), torture.faults());
		assertTrue(done > 0, "nothing was done");
	}
}
