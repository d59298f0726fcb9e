package org.headstart.environments.optimization.problems;

/** First-order methods, for comparison with a learned one. Their decays are those of the literature; only their rates are tuned. */
enum FirstOrderMethod {
	/** a = −rate · g. */
	SGD("sgd", "Gradient descent"),
	/** Polyak 1964: v ← 0.9 v + g; a = −rate · v. */
	MOMENTUM("momentum", "Gradient descent with momentum 0.9"),
	/** Nesterov 1983, in the form that asks for gradients at θ only (Sutskever et al. 2013): a = −rate · (g + 0.9 v). */
	NESTEROV("nesterov", "Nesterov's accelerated gradient with momentum 0.9"),
	/** Tieleman and Hinton 2012: v ← 0.9 v + 0.1 g²; a = −rate · g / (√v + 1e-8). */
	RMSPROP("rmsprop", "RMSProp with decay 0.9"),
	/** Kingma and Ba 2015, algorithm 1, β = (0.9, 0.999), ε = 1e-8. */
	ADAM("adam", "Adam with decays 0.9 and 0.999");

	final String id;
	final String description;

	FirstOrderMethod(String id, String description) {
		this.id = id;
		this.description = description;
	}
}
