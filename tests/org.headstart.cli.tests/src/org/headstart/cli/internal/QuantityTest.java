package org.headstart.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

	@ParameterizedTest
	@CsvSource({"0, 0", "950, 950", "999, 999", "1000, 1.00k", "9994, 9.99k", "9995, 10.0k", "12500, 12.5k", "99949, 99.9k",
			"99950, 100k", "999499, 999k", "999500, 1.00M", "2000000, 2.00M", "3000000000000000000, 3.00E",
			"9223372036854775807, more than 9.22E"})
	void counts(long count, String text) {
		assertEquals(text, Quantity.count(count));
	}

	@ParameterizedTest
	@CsvSource({"999000000000000000000, 999E", "1e30, 1.00e+30"})
	void countsOfAnySize(String count, String text) {
		assertEquals(text, Quantity.count(new BigDecimal(count).toBigInteger()));
		assertEquals("7", Quantity.count(BigInteger.valueOf(7)));
	}

	@ParameterizedTest
	@CsvSource({"0, 0 s", "59.4, 59 s", "59.5, 1 min 00 s", "200, 3 min 20 s", "3599.4, 59 min 59 s", "3600, 1 h 00 min",
			"7500, 2 h 05 min", "172799, 47 h 59 min", "172800, 2 days 0 h", "270000, 3 days 3 h"})
	void times(double seconds, String text) {
		assertEquals(text, Quantity.time(seconds));
	}

	@ParameterizedTest
	@CsvSource({"NaN, –", "Infinity, ∞", "-Infinity, −∞", "0, 0.000", "0.5, 0.500", "-9.9994, -9.999", "12.345, 12.35", "123.45, 123.5",
			"1234.5, 1235", "9999999, 9999999", "1e7, 1.00e+07", "0.0005, 0.000500"})
	void figures(double value, String text) {
		assertEquals(text, Quantity.figure(value));
	}
}
