/** Benchmarks of the built product, in whole processes. */
package org.headstart.benchmarks.product;
