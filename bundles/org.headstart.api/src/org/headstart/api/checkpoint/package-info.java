/** What a checkpoint asks of the parts that it lists. */
package org.headstart.api.checkpoint;
