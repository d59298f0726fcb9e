package org.headstart.examples.wide;

import org.headstart.api.backbone.Backbone;
import org.headstart.testkit.BackboneContract;

class WideTest extends BackboneContract<WideSettings> {

	@Override
	protected Backbone<WideSettings> backbone() {
		return new Wide();
	}

	@Override
	protected WideSettings settings() {
		return new WideSettings(32);
	}
}
