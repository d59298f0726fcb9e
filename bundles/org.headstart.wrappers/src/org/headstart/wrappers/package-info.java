/** The wrappers that come with Headstart. */
package org.headstart.wrappers;
