/** Networks as learners and strategies see them. DL4J's graph is the definition; an executor runs it. */
package org.headstart.api.network;
