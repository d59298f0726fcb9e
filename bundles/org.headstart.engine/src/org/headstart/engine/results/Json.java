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
				throw damaged(file, "it is empty", null);
			}
			return value;
		} catch (JsonParseException e) {
			// the first line is what is wrong, the others lead to the library's pages
			throw damaged(file, e.getMessage().lines().findFirst().orElse("it is no JSON"), e);
		}
	}

	private static ResultsException damaged(Path file, String why, Throwable cause) {
		return new ResultsException(file + " is damaged (" + why + "). Restore it, or delete it and run the experiment again:"
				+ " finished steps are kept.", cause);
	}
}
