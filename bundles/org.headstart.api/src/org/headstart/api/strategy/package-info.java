/** Transfer strategies: what is carried from source to target, and how. */
package org.headstart.api.strategy;
