/** An architecture that routes rows by their group: a module for each kind of body below layers that all share. */
package org.headstart.examples.modules;
