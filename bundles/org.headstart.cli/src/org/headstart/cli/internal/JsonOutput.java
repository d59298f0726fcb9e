package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;

/**
 * The output of commands with {@code --json}: one JSON document on standard output, for scripts. Objects are records whose
 * components give the keys in order; keys are part of the command line's contract and are never omitted.
 */
final class JsonOutput {

	/** JSON has no NaN and no infinity, so a figure that is not finite becomes null. */
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

	private static final Gson ONE_LINE = new GsonBuilder().disableHtmlEscaping().serializeNulls()
			.registerTypeAdapter(double.class, FINITE_OR_NULL).registerTypeAdapter(Double.class, FINITE_OR_NULL)
			.registerTypeAdapter(float.class, FINITE_OR_NULL).registerTypeAdapter(Float.class, FINITE_OR_NULL).create();
	private static final Gson GSON = ONE_LINE.newBuilder().setPrettyPrinting().create();

	private JsonOutput() {}

	/**
	 * Prints a document.
	 *
	 * @param value a record, list or map of strings, numbers, truth values, and of such values; null becomes null
	 * @param out   standard output
	 */
	static void print(Object value, PrintWriter out) {
		out.println(Terminal.unbroken(GSON.toJson(value)));
	}

	/**
	 * Prints a large document incrementally: an object with some keys and a list, each element on a line.
	 *
	 * @param head     the keys before the list
	 * @param list     the list's key
	 * @param elements the records, produced one by one
	 * @param tail     the keys after the list, computed when all elements are printed
	 * @param out      standard output
	 */
	static void print(Map<String, Object> head, String list, Iterator<? extends Record> elements,
			Supplier<Map<String, Object>> tail, PrintWriter out) {
		line("{", out);
		head.forEach((key, value) -> line("  " + ONE_LINE.toJson(key) + ": " + ONE_LINE.toJson(value) + ",", out));
		line("  " + ONE_LINE.toJson(list) + ": [", out);
		while (elements.hasNext()) {
			line("    " + ONE_LINE.toJson(elements.next()) + (elements.hasNext() ? "," : ""), out);
		}
		line("  ]", out);
		tail.get().forEach((key, value) -> line("  , " + ONE_LINE.toJson(key) + ": " + ONE_LINE.toJson(value), out));
		line("}", out);
		out.flush();
	}

	/** Prints without the flush of println. */
	private static void line(String text, PrintWriter out) {
		out.print(Terminal.unbroken(text) + "\n");
	}
}
