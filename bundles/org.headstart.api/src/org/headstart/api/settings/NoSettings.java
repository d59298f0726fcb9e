package org.headstart.api.settings;

/** The settings record of a contribution without settings. */
public record NoSettings() {}
