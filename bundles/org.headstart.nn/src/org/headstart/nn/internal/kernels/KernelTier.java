package org.headstart.nn.internal.kernels;

/** Chooses the kernels of this process, once: the Vector API where the JVM has the module, plain Java where it has not. */
public final class KernelTier {

	/** System property {@code headstart.kernels}: {@code plain} forces the plain tier, for comparison. */
	private static final String PROPERTY = "headstart.kernels";

	private KernelTier() {}

	/** @return the fastest kernels that this JVM can run */
	public static Kernels fastest() {
		return Chosen.KERNELS;
	}

	private static final class Chosen {

		static final Kernels KERNELS = choose();

		private static Kernels choose() {
			if ("plain".equals(System.getProperty(PROPERTY)) || !vectorModule()) {
				return new PlainKernels();
			}
			return VectorTier.kernels();
		}

		/** Without {@code --add-modules jdk.incubator.vector} the module is not in the boot layer. */
		private static boolean vectorModule() {
			return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
		}
	}

	/** Loaded only when the module is there. */
	private static final class VectorTier {

		static Kernels kernels() {
			return VectorKernels.worthwhile() ? new VectorKernels() : new PlainKernels();
		}
	}
}
