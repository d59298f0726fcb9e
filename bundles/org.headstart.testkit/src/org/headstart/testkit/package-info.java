/**
 * Contract tests for contributions: one class for each kind.
 *
 * <p>A plug-in author subclasses the contract of a kind in a JUnit 5 test and says how an instance is made; Headstart's own
 * contributions keep the same contracts. API for plug-in authors. Not part of a product.
 *
 * <p>A contract has the tests, with their names, and what an author says about the contribution under test. What a test of
 * {@link org.headstart.testkit.EnvironmentContract} checks lies in a class for each subject ({@code DeterminismChecks},
 * {@code EpisodeChecks}, {@code SavedStateChecks} …), which works on lanes that {@code LanesUnderTest} opens and closes. These
 * classes are not API: a new check is a method there and a test in the contract that calls it.
 */
package org.headstart.testkit;
