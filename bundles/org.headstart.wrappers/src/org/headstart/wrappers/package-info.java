/** The wrappers that ship. */
package org.headstart.wrappers;
