/** The network backbones that come with Headstart. */
package org.headstart.backbones;
