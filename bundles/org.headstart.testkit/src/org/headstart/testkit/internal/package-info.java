/** Sample contributions for the tests of Headstart's own bundles. Not for plug-in authors: theirs is {@code org.headstart.testkit}. */
package org.headstart.testkit.internal;
