package org.headstart.engine.internal.results;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;

/**
 * Reads and writes records with {@link Inlined} components like the JSON library other records: components are in order,
 * nulls are omitted, missing values become null or zero, unknown keys are ignored.
 */
public final class InlinedRecords implements TypeAdapterFactory {

	@Override
	public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
		Class<? super T> raw = type.getRawType();
		if (!raw.isRecord() || Stream.of(raw.getRecordComponents()).noneMatch(each -> each.isAnnotationPresent(Inlined.class))) {
			return null;
		}
		List<Value> values = new ArrayList<>();
		return new Adapter<>(new Part(raw, gson, values), values);
	}

	/**
	 * A value of the JSON.
	 *
	 * @param name    its key
	 * @param adapter reads and writes it
	 * @param missing its value if it is missing: null, or a primitive's zero
	 */
	private record Value(String name, TypeAdapter<Object> adapter, Object missing) {}

	/** A record: some of its components are values, others records of values. */
	private static final class Part {

		private final RecordComponent[] components;
		private final Constructor<?> constructor;
		/** By component; null where that is a value. */
		private final Part[] inner;

		/** @param values receives the values, in the order of the JSON */
		Part(Class<?> type, Gson gson, List<Value> values) {
			components = type.getRecordComponents();
			inner = new Part[components.length];
			for (int i = 0; i < components.length; i++) {
				components[i].getAccessor().setAccessible(true);
				if (components[i].isAnnotationPresent(Inlined.class)) {
					inner[i] = new Part(components[i].getType(), gson, values);
				} else {
					values.add(value(components[i], gson));
				}
			}
			try {
				constructor = type.getDeclaredConstructor(
						Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
				constructor.setAccessible(true);
			} catch (NoSuchMethodException e) {
				throw new AssertionError("every record has a canonical constructor", e);
			}
		}

		@SuppressWarnings("unchecked") // what the component holds is of its type
		private static Value value(RecordComponent component, Gson gson) {
			Class<?> type = component.getType();
			return new Value(component.getName(), (TypeAdapter<Object>) gson.getAdapter(TypeToken.get(component.getGenericType())),
					type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null);
		}

		/** Appends a record's values. */
		void take(Object record, List<Object> values) throws ReflectiveOperationException {
			for (int i = 0; i < components.length; i++) {
				Object component = components[i].getAccessor().invoke(record);
				if (inner[i] == null) {
					values.add(component);
				} else {
					inner[i].take(component, values);
				}
			}
		}

		/**
		 * Makes a record.
		 *
		 * @param values its values
		 * @param next   index of the first; is moved behind the last
		 */
		Object make(Object[] values, int[] next) throws ReflectiveOperationException {
			Object[] arguments = new Object[components.length];
			for (int i = 0; i < components.length; i++) {
				arguments[i] = inner[i] == null ? values[next[0]++] : inner[i].make(values, next);
			}
			return constructor.newInstance(arguments);
		}
	}

	private static final class Adapter<T> extends TypeAdapter<T> {

		private final Part whole;
		private final List<Value> values;
		private final Map<String, Integer> places = new HashMap<>();

		Adapter(Part whole, List<Value> values) {
			this.whole = whole;
			this.values = values;
			for (int i = 0; i < values.size(); i++) {
				if (places.put(values.get(i).name(), i) != null) {
					throw new IllegalArgumentException("two components are called " + values.get(i).name());
				}
			}
		}

		@Override
		public void write(JsonWriter out, T record) throws IOException {
			if (record == null) {
				out.nullValue();
				return;
			}
			List<Object> taken = new ArrayList<>();
			try {
				whole.take(record, taken);
			} catch (ReflectiveOperationException e) {
				throw new IllegalStateException(e);
			}
			out.beginObject();
			for (int i = 0; i < taken.size(); i++) {
				out.name(values.get(i).name());
				values.get(i).adapter().write(out, taken.get(i));
			}
			out.endObject();
		}

		@Override
		@SuppressWarnings("unchecked") // it is the constructor of that record
		public T read(JsonReader in) throws IOException {
			if (in.peek() == JsonToken.NULL) {
				in.nextNull();
				return null;
			}
			Object[] read = values.stream().map(Value::missing).toArray();
			in.beginObject();
			while (in.hasNext()) {
				Integer place = places.get(in.nextName());
				if (place == null) {
					in.skipValue();
					continue;
				}
				Value value = values.get(place);
				read[place] = value.adapter().read(in);
				if (read[place] == null && value.missing() != null) {
					throw new JsonParseException("null is not allowed for '" + value.name() + "' at path " + in.getPreviousPath());
				}
			}
			in.endObject();
			try {
				return (T) whole.make(read, new int[1]);
			} catch (ReflectiveOperationException e) {
				throw new JsonParseException(e);
			}
		}
	}
}
