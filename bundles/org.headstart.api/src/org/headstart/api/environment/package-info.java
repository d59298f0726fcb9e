/** Environments: task families, their named splits, and lanes stepped together. */
package org.headstart.api.environment;
