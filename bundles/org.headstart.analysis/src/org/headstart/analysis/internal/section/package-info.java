/**
 * The sections of a report that ship, one class each, and the list of all. Internal.
 */
package org.headstart.analysis.internal.section;
