package org.headstart.engine.internal.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.headstart.engine.internal.results.RunStatus.RunState;
import org.junit.jupiter.api.Test;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

class InlinedRecordsTest {

	record Flat(int format, String name, RunState state, long low, Double high, String unit, List<String> notes) {}

	record Whole(int format, @Inlined Title title, @Inlined Bounds bounds, List<String> notes) {}

	record Title(String name, RunState state) {}

	record Bounds(long low, @Inlined Upper upper) {}

	record Upper(Double high, String unit) {}

	private static final Gson GSON = new GsonBuilder().registerTypeAdapterFactory(new InlinedRecords()).setPrettyPrinting().create();

	private static Whole whole(Flat flat) {
		return new Whole(flat.format(), new Title(flat.name(), flat.state()),
				new Bounds(flat.low(), new Upper(flat.high(), flat.unit())), flat.notes());
	}

	@Test
	void theFileIsThatOfAFlatRecord() {
		for (Flat flat : List.of(new Flat(1, "run", RunState.DETACHED, 3, 0.5, "examples", List.of("a", "b")),
				new Flat(1, null, null, Long.MAX_VALUE, null, null, List.of()))) {
			String text = new GsonBuilder().setPrettyPrinting().create().toJson(flat);
			assertEquals(text, GSON.toJson(whole(flat)));
			assertEquals(whole(flat), GSON.fromJson(text, Whole.class));
		}
	}

	@Test
	void whatIsMissingIsNullOrZeroAndWhatIsNotKnownIsPassedOver() {
		assertEquals(whole(new Flat(0, "run", null, 0, null, null, null)),
				GSON.fromJson("{\"colour\": {\"deep\": [1, 2]}, \"name\": \"run\"}", Whole.class));
		assertNull(GSON.fromJson("null", Whole.class));
	}

	@Test
	void whatDoesNotFitIsRefused() {
		assertThrows(JsonParseException.class, () -> GSON.fromJson("{\"low\": null}", Whole.class));
		assertThrows(JsonParseException.class, () -> GSON.fromJson("{\"low\": \"much\"}", Whole.class));
		assertThrows(JsonParseException.class, () -> GSON.fromJson("[1]", Whole.class));
	}
}
