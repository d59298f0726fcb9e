/**
 * Backbones around contributed ones, for the engine, which does not see DL4J.
 *
 * <p>Internal to the engine.
 */
package org.headstart.nn.internal.backbone;
