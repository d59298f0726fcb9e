/** A transfer strategy: pre-trained backbone, new head. */
package org.headstart.examples.rehearsal;
