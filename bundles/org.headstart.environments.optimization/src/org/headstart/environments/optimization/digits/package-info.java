/** Pictures of digits to classify: drawn glyphs in several styles, and the user's files in MNIST's format. */
package org.headstart.environments.optimization.digits;
