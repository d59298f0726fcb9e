/** A wrapper: actions that stick. */
package org.headstart.examples.sticky;
