/**
 * Contract tests for contributions: one class for each kind.
 *
 * <p>A plug-in author subclasses the contract of a kind in a JUnit 5 test and says how an instance is made; Headstart's own
 * contributions keep the same contracts. API for plug-in authors. Not part of a product.
 */
package org.headstart.testkit;
