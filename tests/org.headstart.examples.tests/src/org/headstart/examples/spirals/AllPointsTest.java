package org.headstart.examples.spirals;

import org.headstart.api.environment.DataSet;
import org.headstart.testkit.DataSetContract;

class AllPointsTest extends DataSetContract {

	@Override
	protected DataSet dataSet() {
		return new Spirals().create(new Spirals.Settings(100, 0, 0.02)).dataSets().get("test");
	}
}
