/** What a network keeps, by name, whatever runs it. */
package org.headstart.nn.internal.state;
