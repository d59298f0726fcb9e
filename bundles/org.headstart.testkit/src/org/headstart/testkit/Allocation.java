package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

import com.sun.management.ThreadMXBean;

/**
 * The memory that work takes on the calling thread once the compiler has seen it: code that is not compiled yet may allocate
 * what compiled code does not.
 *
 * <p>Work is done in windows. Warming up ends with a state and not after a time: some windows in a row have allocated nothing.
 * Then the sum over many more windows must be zero, so that memory taken once in a while is found too. The JVM itself may
 * allocate on the thread, when it links code that runs for the first time or leaves compiled code and makes the objects that
 * this had done without. So a sum that is not zero is taken again, from the warming up on, and only the third fails.
 */
public final class Allocation {

	/** Windows in a row without memory that end the warming up. */
	private static final int QUIET_WINDOWS = 5;
	private static final int MEASURED_WINDOWS = 20;
	private static final int ATTEMPTS = 3;
	/**
	 * Nanoseconds of this thread's processor time in which nothing more was compiled: then the code stays as it is. Processor
	 * time, because the compiler's threads get as much of a busy processor as this one.
	 */
	private static final long COMPILER_IS_DONE = 5_000_000_000L;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
	private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

	private Allocation() {}

	/** @return bytes that the calling thread has allocated since its start */
	public static long bytes() {
		return THREADS.getCurrentThreadAllocatedBytes();
	}

	/**
	 * Fails if work goes on to allocate memory.
	 *
	 * @param work   names it in the message
	 * @param window a window of the work, so much that each of its paths is taken
	 */
	public static void assertNone(String work, Runnable window) {
		assertZero(work, () -> {
			long before = bytes();
			window.run();
			return bytes() - before;
		});
	}

	/**
	 * Fails if work goes on to allocate memory, where not all of a window counts.
	 *
	 * @param work   names it in the message
	 * @param window does a window of the work and says how many bytes of it count; see {@link #bytes()}
	 */
	public static void assertZero(String work, LongSupplier window) {
		for (int attempt = 1;; attempt++) {
			warmUp(work, window);
			long sum = 0;
			for (int i = 0; i < MEASURED_WINDOWS; i++) {
				sum += window.getAsLong();
			}
			if (sum == 0) {
				return;
			}
			if (attempt == ATTEMPTS) {
				fail(work + ": " + sum + " bytes allocated in " + MEASURED_WINDOWS + " windows after the warming up");
			}
		}
	}

	private static void warmUp(String work, LongSupplier window) {
		long compiled = compilerTime();
		long since = THREADS.getCurrentThreadCpuTime();
		int quiet = 0;
		for (int windows = 1; quiet < QUIET_WINDOWS; windows++) {
			long bytes = window.getAsLong();
			quiet = bytes == 0 ? quiet + 1 : 0;
			if (compilerTime() != compiled) {
				compiled = compilerTime();
				since = THREADS.getCurrentThreadCpuTime();
			} else if (bytes != 0 && THREADS.getCurrentThreadCpuTime() - since > COMPILER_IS_DONE) {
				fail(work + ": " + bytes + " bytes allocated in a window after " + windows
						+ " windows, and the compiler has nothing more to do");
			}
		}
	}

	private static long compilerTime() {
		return COMPILER == null || !COMPILER.isCompilationTimeMonitoringSupported() ? 0 : COMPILER.getTotalCompilationTime();
	}
}
