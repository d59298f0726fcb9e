/** An architecture that routes rows by their group: a module for each kind of body, below shared layers. */
package org.headstart.examples.modules;
