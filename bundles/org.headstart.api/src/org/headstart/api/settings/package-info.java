/** Settings records: one annotated record per contribution, from which everything else is derived. */
package org.headstart.api.settings;
