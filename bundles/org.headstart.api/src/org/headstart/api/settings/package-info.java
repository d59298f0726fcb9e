/**
 * Settings records: one annotated record for each contribution, from which everything else is derived.
 *
 * <p>The engine reads keys, ranges, defaults and documentation from the record: for validation, {@code describe}, completion
 * in the editor, and the keys of results. API for plug-in authors: annotate the components of a record. Schemas are immutable.
 */
package org.headstart.api.settings;
