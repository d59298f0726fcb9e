/** Pictures of digits to classify: drawn glyphs in several styles, and MNIST's files where the user has them. */
package org.headstart.environments.optimization.digits;
