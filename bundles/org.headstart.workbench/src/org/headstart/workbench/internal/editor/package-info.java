/**
 * The editor of experiment files: colours, completion, and problems during typing.
 *
 * <p>Keys, ids and choices come from the engine's own reader and the settings records, so that the editor knows whatever is
 * installed. Internal: nobody else may use it. Text is validated off the UI thread.
 */
package org.headstart.workbench.internal.editor;
