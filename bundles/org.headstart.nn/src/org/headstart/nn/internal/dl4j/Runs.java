package org.headstart.nn.internal.dl4j;

/**
 * Sequences, cut where they restart: runs that DL4J computes side by side, all made as long as the longest. What is behind a
 * run's end is ignored and has no gradient.
 *
 * @param count  how many runs
 * @param length steps of the longest
 * @param run    the run of each row
 * @param step   the step in its run of each row
 * @param first  whose state each run begins with: a sequence, or −1 for zero
 */
record Runs(int count, int length, int[] run, int[] step, int[] first) {

	/** Every row is a run. */
	static Runs rows(int rows) {
		return of(1, rows, false, null);
	}

	static Runs of(int steps, int sequences, boolean states, boolean[] restarts) {
		int[] run = new int[steps * sequences];
		int[] step = new int[steps * sequences];
		int[] first = new int[steps * sequences];
		int count = 0;
		int length = steps * sequences == 0 ? 0 : 1;
		for (int s = 0; s < sequences; s++) {
			for (int t = 0; t < steps; t++) {
				int row = t * sequences + s;
				boolean restart = restarts != null && restarts[row];
				if (t == 0 || restart) {
					first[count] = t == 0 && states && !restart ? s : -1;
					run[row] = count++;
				} else {
					run[row] = run[row - sequences];
					step[row] = step[row - sequences] + 1;
					length = Math.max(length, step[row] + 1);
				}
			}
		}
		return new Runs(count, length, run, step, first);
	}

	/** @return where a row of Headstart's is among DL4J's rows */
	int place(int row) {
		return step[row] * count + run[row];
	}
}
