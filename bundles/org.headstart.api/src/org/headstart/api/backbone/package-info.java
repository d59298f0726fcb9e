/** Network backbones: observation to features. */
package org.headstart.api.backbone;
