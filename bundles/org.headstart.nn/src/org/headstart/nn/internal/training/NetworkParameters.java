package org.headstart.nn.internal.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.headstart.api.network.Optimizer;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.state.NetworkState;
import org.headstart.nn.optimizer.OptimizerState;
import org.headstart.nn.optimizer.ParameterRange;

/**
 * A network's parameters and how they are trained: values, gradients and moments in flat arrays, and for each vertex whether it is
 * frozen and at which rate it learns. Where a tensor lies in the arrays is the backend's {@link ParameterLayout}. An optimizer step
 * and a norm allocate nothing.
 */
public final class NetworkParameters {

	private final ParameterLayout layout;
	private final Kernels kernels;
	private final float[] weights;
	private final float[] gradients;
	private final OptimizerState optimizer;
	private final Map<String, Vertex> vertices = new LinkedHashMap<>();
	private final float[] normLanes = new float[Kernels.NORM_LANES];
	/** The optimizer's work. */
	private ParameterRange[] trained = {};
	/** What the gradients' norm is taken of: apart from the factors, for which a sum's ranges must not be cut in other places. */
	private ParameterRange[] measured = {};
	/** What {@link #moveTowards} was last told to move towards, and what to move: looked at when they are others. */
	private NetworkParameters goal;
	private Predicate<String> moved;
	private ParameterRange[] movedRanges = {};

	/** A vertex's tensors and how they are trained. */
	private static final class Vertex {

		final List<ParameterTensor> tensors = new ArrayList<>();
		/** Frozen by a wrapper in the configuration: {@link NetworkParameters#freeze} cannot release it. */
		final boolean alwaysFrozen;
		boolean frozen;
		float factor = 1;

		Vertex(boolean alwaysFrozen) {
			this.alwaysFrozen = alwaysFrozen;
			frozen = alwaysFrozen;
		}
	}

	/**
	 * Zeros.
	 *
	 * @param layout       where each tensor lies
	 * @param alwaysFrozen says of a vertex's name whether it stays fixed whatever {@link #freeze} is told
	 * @param optimizer    how gradients become steps
	 * @param kernels      what computes norms and steps
	 */
	public NetworkParameters(ParameterLayout layout, Predicate<String> alwaysFrozen, Optimizer optimizer, Kernels kernels) {
		this.layout = layout;
		this.kernels = kernels;
		weights = new float[layout.length()];
		gradients = new float[layout.length()];
		this.optimizer = new OptimizerState(optimizer, layout.length(), kernels);
		for (ParameterTensor tensor : layout.tensors()) {
			vertices.computeIfAbsent(tensor.vertex(), name -> new Vertex(alwaysFrozen.test(name))).tensors.add(tensor);
		}
		planOptimizer();
	}

	private void planOptimizer() {
		trained = ranges(true);
		measured = ranges(false);
	}

	private ParameterRange[] ranges(boolean factors) {
		return layout.ranges(new ParameterLayout.Treatment() {

			@Override
			public boolean frozen(String vertex) {
				return vertices.get(vertex).frozen;
			}

			@Override
			public float factor(String vertex) {
				return factors ? vertices.get(vertex).factor : 1;
			}
		}).toArray(ParameterRange[]::new);
	}

	/** @return the parameters themselves; the array stays the same */
	public float[] weights() {
		return weights;
	}

	/** @return the gradients themselves; the array stays the same */
	public float[] gradients() {
		return gradients;
	}

	/** Sets all gradients to zero. */
	void clearGradients() {
		Arrays.fill(gradients, 0);
	}

	double gradientSquaredNorm() {
		double sum = 0;
		for (ParameterRange range : measured) {
			sum += kernels.squaredNorm(gradients, range.from(), range.to(), normLanes);
		}
		return sum;
	}

	void update(float gradientScale, float learningRate) {
		optimizer.step(weights, gradients, trained, gradientScale, learningRate);
	}

	/** @return how many optimizer steps were made */
	public long steps() {
		return optimizer.steps();
	}

	void resetOptimizer() {
		optimizer.reset();
	}

	/**
	 * @param vertex a vertex with parameters
	 * @return whether it is kept fixed
	 */
	public boolean frozen(String vertex) {
		return vertex(vertex).frozen;
	}

	/** Freezes the chosen vertices, releases all others. What is frozen then must not keep gradients of before. */
	void freeze(Predicate<String> chosen) {
		vertices.forEach((name, vertex) -> vertex.frozen = vertex.alwaysFrozen || chosen.test(name));
		planOptimizer();
		clearGradients();
	}

	void setLearningRateFactor(Predicate<String> chosen, float factor) {
		if (!(factor >= 0)) {
			throw new IllegalArgumentException("a learning rate factor must be at least 0, is " + factor);
		}
		vertices.forEach((name, vertex) -> {
			if (chosen.test(name)) {
				vertex.factor = factor;
			}
		});
		planOptimizer();
	}

	List<String> vertices() {
		return List.copyOf(vertices.keySet());
	}

	Set<String> frozenVertices() {
		Set<String> frozen = new LinkedHashSet<>();
		vertices.forEach((name, vertex) -> {
			if (vertex.frozen) {
				frozen.add(name);
			}
		});
		return frozen;
	}

	private Vertex vertex(String name) {
		Vertex vertex = vertices.get(name);
		if (vertex == null) {
			throw new IllegalArgumentException("no vertex '" + name + "' with parameters; there are " + vertices.keySet());
		}
		return vertex;
	}

	List<String> names(String vertex) {
		return vertex(vertex).tensors.stream().map(ParameterTensor::parameter).toList();
	}

	ParameterTensor tensor(String vertex, String parameter) {
		for (ParameterTensor tensor : vertex(vertex).tensors) {
			if (tensor.parameter().equals(parameter)) {
				return tensor;
			}
		}
		throw new IllegalArgumentException(
				"vertex '" + vertex + "' has no parameter '" + parameter + "'; it has " + names(vertex));
	}

	void set(String vertex, String parameter, float[] values) {
		ParameterTensor tensor = tensor(vertex, parameter);
		if (values.length != tensor.length()) {
			throw new IllegalArgumentException("parameter '" + parameter + "' of vertex '" + vertex + "' has shape "
					+ Arrays.toString(tensor.shape()) + ", so " + tensor.length() + " floats, not " + values.length);
		}
		tensor.write(weights, values);
	}

	private void requireVector(float[] vector) {
		if (vector.length != weights.length) {
			throw new IllegalArgumentException(
					"a parameter vector of this network has " + weights.length + " floats, not " + vector.length);
		}
	}

	void copyWeights(float[] to) {
		requireVector(to);
		System.arraycopy(weights, 0, to, 0, weights.length);
	}

	void setWeights(float[] from) {
		requireVector(from);
		System.arraycopy(from, 0, weights, 0, weights.length);
	}

	void copyGradients(float[] to) {
		requireVector(to);
		Arrays.fill(to, 0);
		copyTrained(gradients, to);
	}

	void setGradients(float[] from) {
		requireVector(from);
		copyTrained(from, gradients);
	}

	private void copyTrained(float[] from, float[] to) {
		for (ParameterRange range : measured) {
			System.arraycopy(from, range.from(), to, range.from(), range.to() - range.from());
		}
	}

	/** Towards parameters of the same layout. */
	void moveTowards(NetworkParameters other, float share, Predicate<String> chosen) {
		if (!(share >= 0 && share <= 1)) {
			throw new IllegalArgumentException("a share must be from 0 to 1, is " + share);
		}
		if (other != goal) {
			if (other.weights.length != weights.length || !other.vertices.keySet().equals(vertices.keySet())) {
				throw new IllegalArgumentException("the networks have other parameters: " + vertices.keySet() + " here, "
						+ other.vertices.keySet() + " there");
			}
			goal = other;
		}
		if (chosen != moved) {
			movedRanges = ranges(chosen);
			moved = chosen;
		}
		float[] from = other.weights;
		float rest = 1 - share;
		for (ParameterRange range : movedRanges) {
			for (int i = range.from(); i < range.to(); i++) {
				weights[i] = rest * weights[i] + share * from[i];
			}
		}
	}

	private ParameterRange[] ranges(Predicate<String> chosen) {
		return layout.ranges(new ParameterLayout.Treatment() {

			@Override
			public boolean frozen(String vertex) {
				return !chosen.test(vertex);
			}

			@Override
			public float factor(String vertex) {
				return 1;
			}

			@Override
			public boolean statistics() {
				return true;
			}
		}).toArray(ParameterRange[]::new);
	}

	NetworkState state() {
		List<NetworkState.Vertex> states = new ArrayList<>();
		List<NetworkState.Tensor> tensors = new ArrayList<>();
		vertices.forEach((name, vertex) -> {
			states.add(new NetworkState.Vertex(name, vertex.frozen, vertex.factor));
			for (ParameterTensor tensor : vertex.tensors) {
				tensors.add(new NetworkState.Tensor(name, tensor.parameter(), tensor.shape().clone(), tensor.read(weights),
						optimizer.moments().stream().map(tensor::read).toList()));
			}
		});
		return new NetworkState(optimizer.steps(), states, tensors);
	}

	/**
	 * Takes a state over; nothing is changed when it does not fit.
	 *
	 * @param state the state
	 * @throws IOException when it is of other tensors or of another optimizer
	 */
	void setState(NetworkState state) throws IOException {
		state.requireSameTensors(state());
		for (NetworkState.Tensor from : state.tensors()) {
			ParameterTensor tensor = tensor(from.vertex(), from.parameter());
			tensor.write(weights, from.values());
			for (int i = 0; i < from.moments().size(); i++) {
				tensor.write(optimizer.moments().get(i), from.moments().get(i));
			}
		}
		for (NetworkState.Vertex from : state.vertices()) {
			vertex(from.name()).frozen = from.frozen();
			vertex(from.name()).factor = from.learningRateFactor();
		}
		optimizer.setSteps(state.optimizerSteps());
		planOptimizer();
		clearGradients();
	}
}
