/**
 * Text for terminals and shells, with any characters in names, labels and paths.
 *
 * <p>The command line prints through it. Internal to the bundles that the manifest names. Stateless.
 */
package org.headstart.engine.internal.text;
