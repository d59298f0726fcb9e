package org.headstart.analysis.section;

/**
 * A name and what it stands for.
 *
 * @param name  for example the name of a bundle, or a term
 * @param value for example its version, or the term's definition
 */
public record Fact(String name, String value) {}
