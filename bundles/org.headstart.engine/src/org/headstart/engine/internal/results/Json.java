package org.headstart.engine.internal.results;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

import org.headstart.api.checkpoint.RegularFile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** The JSON files of a results folder: one record each, components in order, {@linkplain Inlined parts} in line, two blanks of indentation. */
public final class Json {

	/** A file's record that can check itself. */
	interface Checked {

		/** @return the missing or invalid part; empty for a valid record */
		Optional<String> flaw();
	}

	private static final Gson GSON =
			new GsonBuilder().registerTypeAdapterFactory(new InlinedRecords()).setPrettyPrinting().disableHtmlEscaping().create();

	private Json() {}

	/** @return the value as indented JSON, with an end of line */
	public static String text(Record value) {
		return GSON.toJson(value) + "\n";
	}

	/**
	 * Reads a record.
	 *
	 * @param most how many bytes the file may have
	 * @throws NoSuchFileException when there is no such file
	 * @throws ResultsException    when it is damaged
	 */
	static <T extends Checked> T read(Path file, Class<T> type, long most) throws IOException {
		T value;
		try (Reader reader = new InputStreamReader(RegularFile.open(file, most), StandardCharsets.UTF_8.newDecoder())) {
			value = GSON.fromJson(reader, (Type) type);
		} catch (RuntimeException e) {
			// beside its own exceptions the library passes on those of records' constructors
			throw damaged(file, why(e), e);
		}
		Optional<String> flaw = value == null ? Optional.of("it is empty") : value.flaw();
		if (flaw.isPresent()) {
			throw damaged(file, flaw.get(), null);
		}
		return value;
	}

	/** Keeps the first line of the library's message; the others refer to the library's pages. */
	private static String why(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause.getMessage() == null ? "parts of it are missing" : cause.getMessage().lines().findFirst().orElse("it is no JSON");
	}

	/** @return whether a list is there and holds no null */
	static boolean whole(Collection<?> list) {
		return list != null && list.stream().allMatch(element -> element != null);
	}

	private static ResultsException damaged(Path file, String why, Throwable cause) {
		return new ResultsException(file + " is damaged (" + why + ")", cause);
	}
}
