/** Backbones around contributed ones, for the engine, which does not see DL4J. Internal. */
package org.headstart.nn.internal.backbone;
