/**
 * Network backbones: the layers between an observation and its features.
 *
 * <p>The engine asks a contributed backbone to describe its layers whenever an agent is made; learners put their heads on it.
 * API for plug-in authors: implement {@link org.headstart.api.backbone.Backbone}. Called on one thread at a time.
 */
package org.headstart.api.backbone;
