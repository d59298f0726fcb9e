/**
 * The numeric work on {@code float[]}, in two tiers behind {@link org.headstart.nn.internal.kernels.Kernels}. Knows no network. Internal.
 *
 * <p>Both tiers do the same IEEE 754 operations in the same order (fused multiply-add is exact), so they give the same
 * bits on every processor, interpreted or compiled.
 */
package org.headstart.nn.internal.kernels;
