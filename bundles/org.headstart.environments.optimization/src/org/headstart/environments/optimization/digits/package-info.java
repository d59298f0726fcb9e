/**
 * Pictures of digits to classify: drawn glyphs in several styles, and the user's files in MNIST's format.
 *
 * <p>The environments of this bundle train small networks on them; equal seeds draw equal pictures. Internal: nobody else may
 * use it.
 */
package org.headstart.environments.optimization.digits;
