package org.headstart.nn.internal.compiled;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.headstart.nn.internal.graph.KnownGraph;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.kernels.Nonlinearity;
import org.headstart.nn.internal.training.NetworkParameters;
import org.headstart.nn.internal.training.ParameterLayout;
import org.headstart.nn.internal.training.ParameterTensor;
import org.headstart.nn.optimizer.ParameterRange;

/**
 * The compiled backend's order of parameters and heads. All weights lie in one flat array, block after block: a matrix
 * [in][padded out], then its biases, and of an LSTM the recurrent matrix. Heads on one vertex that nothing else reads and that are
 * dense without activation are one block, and stand side by side in the output block.
 */
final class CompiledLayout implements ParameterLayout {

	/** The columns of one vertex in a block. */
	private record Columns(String vertex, int from, int count) {}

	/** Parameters that lie together: of one vertex, or of several heads side by side. */
	static final class Block {

		/** Columns, with padding. */
		final int width;
		final int in;
		/** Columns of all its vertices, without padding. */
		final int out;
		final int from;
		final int biases;
		/** The recurrent matrix of an LSTM, −1 in other blocks. */
		final int recurrent;
		final int end;
		/** Where what is trained ends: a block without biases has room for them all the same. */
		private final int trainedEnd;
		private final List<Columns> columns = new ArrayList<>();

		private Block(int from, int in, int out, int width, int recurrentRows, boolean bias) {
			this.from = from;
			this.in = in;
			this.out = out;
			this.width = width;
			// padding, or what stands before, may make an array too long that the parameters are not
			end = Kernels.floats(1, from + (in + 1L + recurrentRows) * width);
			biases = from + in * width;
			recurrent = recurrentRows > 0 ? biases + width : -1;
			trainedEnd = bias ? end : biases;
		}

		/** @return whether any of its vertices is trained */
		boolean trained(NetworkParameters parameters) {
			return columns.stream().anyMatch(c -> !parameters.frozen(c.vertex()));
		}
	}

	private final KnownGraph graph;
	/** Outputs that are one block, by the node they stand on. */
	private final Map<Integer, List<Integer>> headGroups = new LinkedHashMap<>();
	private final int[] headSizes;
	private final int[] headOffsets;
	private int outputStride;
	private final Map<Integer, Block> blockOfGroup = new LinkedHashMap<>();
	private final List<Block> blocks = new ArrayList<>();
	private final Map<String, Block> blockOfVertex = new LinkedHashMap<>();
	private final List<ParameterTensor> tensors = new ArrayList<>();

	CompiledLayout(KnownGraph graph) {
		this.graph = graph;
		headSizes = new int[graph.outputs().size()];
		headOffsets = new int[graph.outputs().size()];
		groupHeads();
		layOutHeads();
		layOutBlocks();
	}

	private void groupHeads() {
		Map<Integer, Integer> readers = graph.readers();
		Set<Integer> seen = new LinkedHashSet<>();
		for (int h = 0; h < graph.outputs().size(); h++) {
			int node = graph.outputs().get(h);
			if (graph.nodes().get(node) instanceof KnownGraph.Dense dense && dense.function() == Nonlinearity.IDENTITY
					&& !readers.containsKey(node) && seen.add(node)) {
				List<Integer> group = headGroups.computeIfAbsent(dense.inputs().get(0), n -> new ArrayList<>());
				if (group.isEmpty() || head(group.get(0)).bias() == dense.bias()) {
					group.add(h);
				}
			}
		}
	}

	private KnownGraph.Dense head(int output) {
		return (KnownGraph.Dense) graph.nodes().get(graph.outputs().get(output));
	}

	private void layOutHeads() {
		boolean[] placed = new boolean[headSizes.length];
		for (List<Integer> group : headGroups.values()) {
			int offset = outputStride;
			for (int h : group) {
				headSizes[h] = head(h).size();
				headOffsets[h] = offset;
				offset += headSizes[h];
				placed[h] = true;
			}
			outputStride = Kernels.padded(offset);
		}
		for (int h = 0; h < placed.length; h++) {
			if (!placed[h]) {
				headSizes[h] = graph.nodes().get(graph.outputs().get(h)).size();
				headOffsets[h] = outputStride;
				outputStride += Kernels.padded(headSizes[h]);
			}
		}
	}

	private void layOutBlocks() {
		for (int n = 0; n < graph.nodes().size(); n++) {
			if (graph.nodes().get(n) instanceof KnownGraph.Lstm lstm) {
				layOut(lstm);
			} else if (graph.nodes().get(n) instanceof KnownGraph.Dense dense) {
				layOut(dense, n);
			}
		}
	}

	private void layOut(KnownGraph.Dense dense, int node) {
		Block block;
		int column = 0;
		if (isGroupedHead(node)) {
			int feature = dense.inputs().get(0);
			List<Integer> group = headGroups.get(feature);
			block = blockOfGroup.get(feature);
			if (block == null) {
				block = addBlock(dense, group.stream().mapToInt(h -> headSizes[h]).sum());
				blockOfGroup.put(feature, block);
			}
			for (int h : group) {
				if (graph.outputs().get(h) == node) {
					column = headOffsets[h] - headOffsets[group.get(0)];
				}
			}
		} else {
			block = addBlock(dense, dense.size());
		}
		tensors.add(CompiledTensor.matrix(dense.name(), "W", block.from + column, dense.in(), block.width, dense.size()));
		if (dense.bias()) {
			tensors.add(CompiledTensor.biases(dense.name(), block.biases + column, 1, 0, dense.size()));
		}
		block.columns.add(new Columns(dense.name(), column, dense.size()));
		blockOfVertex.put(dense.name(), block);
	}

	/** The matrix from the input [in][4 gates, padded], its biases, and the matrix from the layer's own output. */
	private void layOut(KnownGraph.Lstm lstm) {
		int units = lstm.size();
		int gate = Kernels.padded(units);
		int width = 4 * gate;
		Block block = addBlock(lstm.in(), width, width, units, true);
		tensors.add(CompiledTensor.matrix(lstm.name(), "W", block.from, lstm.in(), width, 4, gate, units));
		tensors.add(CompiledTensor.matrix(lstm.name(), "RW", block.recurrent, units, width, 4, gate, units));
		tensors.add(CompiledTensor.biases(lstm.name(), block.biases, 4, gate, units));
		block.columns.add(new Columns(lstm.name(), 0, width));
		blockOfVertex.put(lstm.name(), block);
	}

	private Block addBlock(KnownGraph.Dense dense, int out) {
		return addBlock(dense.in(), out, Kernels.padded(out), 0, dense.bias());
	}

	private Block addBlock(int in, int out, int width, int recurrentRows, boolean bias) {
		Block block = new Block(length(), in, out, width, recurrentRows, bias);
		blocks.add(block);
		return block;
	}

	/** @return whether a node is a head that shares a block */
	boolean isGroupedHead(int node) {
		return headGroups.values().stream().flatMap(List::stream).anyMatch(h -> graph.outputs().get(h) == node);
	}

	/** @return where the heads of a group begin in the output block, by the node that they stand on */
	int groupOffset(int node) {
		return headOffsets[headGroups.get(node).get(0)];
	}

	int headSize(int head) {
		return headSizes[head];
	}

	int headOffset(int head) {
		return headOffsets[head];
	}

	int outputStride() {
		return outputStride;
	}

	/** @return the block of a vertex with parameters */
	Block block(String vertex) {
		return blockOfVertex.get(vertex);
	}

	@Override
	public int length() {
		return blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end;
	}

	@Override
	public List<ParameterTensor> tensors() {
		return tensors;
	}

	/** {@inheritDoc} The fewest that are possible. */
	@Override
	public List<ParameterRange> ranges(Treatment treatment) {
		List<ParameterRange> ranges = new ArrayList<>();
		for (Block block : blocks) {
			String first = block.columns.get(0).vertex();
			boolean uniform = block.columns.stream().map(Columns::vertex).allMatch(
					v -> treatment.frozen(v) == treatment.frozen(first) && treatment.factor(v) == treatment.factor(first));
			if (uniform) {
				add(ranges, first, block.from, block.trainedEnd, treatment);
				continue;
			}
			for (int row = block.from; row < block.trainedEnd; row += block.width) {
				for (Columns columns : block.columns) {
					int from = row + columns.from();
					add(ranges, columns.vertex(), from, from + columns.count(), treatment);
				}
			}
		}
		return ranges;
	}

	private static void add(List<ParameterRange> ranges, String vertex, int from, int to, Treatment treatment) {
		if (treatment.frozen(vertex)) {
			return;
		}
		float factor = treatment.factor(vertex);
		ParameterRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
		if (last != null && last.to() == from && last.factor() == factor) {
			ranges.set(ranges.size() - 1, new ParameterRange(last.from(), to, factor));
		} else {
			ranges.add(new ParameterRange(from, to, factor));
		}
	}
}
