package org.headstart.product.torture;

import java.io.IOException;
import java.util.Random;

/** A part of the harness: numbered cases of one kind. Cases run side by side. */
interface Part {

	/** Its name on the command line. */
	String name();

	/** Makes what the cases share. */
	void prepare() throws IOException, InterruptedException;

	/** How many cases there are before they repeat. */
	int cases();

	/**
	 * Runs a case.
	 *
	 * @param number from 0 to {@link #cases()}, exclusive
	 * @param random the case's own
	 * @param place  where it works, and where its faults go
	 * @throws IOException when the case cannot be run, which is a fault too
	 */
	void run(int number, Random random, CaseFolder place) throws IOException, InterruptedException;

	/** How much was done: the number that a limit counts. */
	int done();

	/** What was counted. */
	String counts();
}
