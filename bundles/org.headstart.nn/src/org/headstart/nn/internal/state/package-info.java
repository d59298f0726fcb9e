/**
 * What a network keeps, by name, whatever runs it.
 *
 * <p>Checkpoints, warm starts and copies are made of it. Internal to the bundles that the manifest names.
 */
package org.headstart.nn.internal.state;
