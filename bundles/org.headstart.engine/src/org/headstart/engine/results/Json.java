package org.headstart.engine.results;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/** The JSON files of a results folder: one record each, components in order, two blanks of indentation. */
final class Json {

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	private Json() {
	}

	static String text(Record value) {
		return GSON.toJson(value) + "\n";
	}

	/**
	 * Reads a record.
	 *
	 * @throws NoSuchFileException when there is no such file
	 * @throws ResultsException    when it is damaged
	 */
	static <T extends Record> T read(Path file, Class<T> type) throws IOException {
		String text = Files.readString(file, StandardCharsets.UTF_8);
		try {
			T value = GSON.fromJson(text, (Type) type);
			if (value == null) {
				throw new ResultsException(file + " is empty: the results folder is damaged. Restore the file, or run the"
						+ " experiment again with --fresh or into another folder.");
			}
			return value;
		} catch (JsonParseException e) {
			throw new ResultsException(file + " is damaged (" + e.getMessage() + "). Restore it, or run the experiment"
					+ " again with --fresh or into another folder.", e);
		}
	}
}
