/** Networks, as used by learners and strategies. DL4J's graph is the definition; an executor runs it. */
package org.headstart.api.network;
