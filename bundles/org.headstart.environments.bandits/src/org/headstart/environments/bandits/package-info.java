/** Bandits and small random Markov decision processes, with the known algorithms for them (Duan et al. 2016, "RL²"). */
package org.headstart.environments.bandits;
