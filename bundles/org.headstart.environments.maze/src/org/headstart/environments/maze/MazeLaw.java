package org.headstart.environments.maze;

import org.headstart.api.random.RandomStream;

/**
 * The layout of ω: for each cell, row by row from the top, whether the way to the right is open; then for each cell whether
 * the way down is open; then target x and y, start x and y, and the heading at the start. Headings are 0 up, 1 right, 2
 * down, 3 left; y grows downwards.
 *
 * @param size cells along each side
 */
record MazeLaw(int size) {

	static final int HEADINGS = 4;
	private static final int[] STEP_X = {0, 1, 0, -1};
	private static final int[] STEP_Y = {-1, 0, 1, 0};

	/** @return how many */
	int cells() {
		return size * size;
	}

	/** @return doubles of a layout: the ways right and down */
	int layout() {
		return 2 * cells();
	}

	/** @return offset of the target's x and y */
	int target() {
		return layout();
	}

	/** @return offset of the start's x, y and heading */
	int start() {
		return layout() + 2;
	}

	/** @return doubles of ω */
	int parameters() {
		return layout() + 5;
	}

	static int stepX(int heading) {
		return STEP_X[heading];
	}

	static int stepY(int heading) {
		return STEP_Y[heading];
	}

	/** @return whether there is a way from a cell to its neighbour */
	boolean open(double[] maze, int offset, int x, int y, int heading) {
		int cell = y * size + x;
		return switch (heading) {
			case 0 -> y > 0 && maze[offset + cells() + cell - size] != 0;
			case 1 -> x < size - 1 && maze[offset + cell] != 0;
			case 2 -> y < size - 1 && maze[offset + cells() + cell] != 0;
			default -> x > 0 && maze[offset + cell - 1] != 0;
		};
	}

	private void open(double[] maze, int cell, int heading) {
		switch (heading) {
			case 0 -> maze[cells() + cell - size] = 1;
			case 1 -> maze[cell] = 1;
			case 2 -> maze[cells() + cell] = 1;
			default -> maze[cell - 1] = 1;
		}
	}

	/**
	 * Draws a layout: a depth-first random walk opens ways to all cells without a loop; then a share of the remaining inner
	 * walls is removed.
	 *
	 * @param loops  the share
	 * @param random the randomness
	 * @return the layout
	 */
	double[] draw(double loops, RandomStream random) {
		double[] maze = new double[layout()];
		boolean[] visited = new boolean[cells()];
		int[] way = new int[cells()];
		int length = 1;
		way[0] = random.nextInt(cells());
		visited[way[0]] = true;
		int[] headings = {0, 1, 2, 3};
		while (length > 0) {
			int cell = way[length - 1];
			random.shuffle(headings, HEADINGS);
			int next = -1;
			for (int heading : headings) {
				int x = cell % size + STEP_X[heading];
				int y = cell / size + STEP_Y[heading];
				if (x >= 0 && x < size && y >= 0 && y < size && !visited[y * size + x]) {
					open(maze, cell, heading);
					next = y * size + x;
					break;
				}
			}
			if (next < 0) {
				length--;
			} else {
				visited[next] = true;
				way[length++] = next;
			}
		}
		for (int cell = 0; cell < cells(); cell++) {
			if (cell % size < size - 1 && random.nextDouble() < loops) {
				maze[cell] = 1;
			}
			if (cell / size < size - 1 && random.nextDouble() < loops) {
				maze[cells() + cell] = 1;
			}
		}
		return maze;
	}
}
