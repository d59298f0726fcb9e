package org.headstart.api.settings;

/** The settings record of a contribution that has nothing to set. */
public record NoSettings() {}
