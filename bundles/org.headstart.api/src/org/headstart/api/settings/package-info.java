/** Settings records: one annotated record for each contribution; keys, validation and documentation are derived from it. */
package org.headstart.api.settings;
