package org.headstart.cli;

import java.io.IOException;
import java.io.PrintWriter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;

/**
 * What commands print with {@code --json}: one JSON document on standard output, for scripts. Objects are records, whose
 * components give the keys in order; keys are part of the command line's contract and never left out.
 */
final class JsonOutput {

	/** JSON has no NaN and no infinity: a figure that is not finite is null. */
	private static final TypeAdapter<Number> FINITE_OR_NULL = new TypeAdapter<>() {

		@Override
		public void write(JsonWriter out, Number value) throws IOException {
			if (value == null || !Double.isFinite(value.doubleValue())) {
				out.nullValue();
			} else {
				out.value(value);
			}
		}

		@Override
		public Number read(JsonReader in) {
			throw new UnsupportedOperationException("output only");
		}
	};

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls()
			.registerTypeAdapter(double.class, FINITE_OR_NULL).registerTypeAdapter(Double.class, FINITE_OR_NULL)
			.registerTypeAdapter(float.class, FINITE_OR_NULL).registerTypeAdapter(Float.class, FINITE_OR_NULL).create();

	private JsonOutput() {
	}

	/**
	 * Prints a document.
	 *
	 * @param value a record, list or map of strings, numbers, truth values, and of such values; null becomes null
	 * @param out   standard output
	 */
	static void print(Object value, PrintWriter out) {
		out.println(Terminal.unbroken(GSON.toJson(value)));
	}
}
