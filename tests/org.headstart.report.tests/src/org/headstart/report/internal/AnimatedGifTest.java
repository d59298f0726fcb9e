package org.headstart.report.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.report.internal.AnimatedGif.Film;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimatedGifTest {

	@TempDir
	Path temp;

	private static BufferedImage frame(int colour) {
		BufferedImage frame = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
		frame.setRGB(5, 7, colour);
		return frame;
	}

	@Test
	void framesAreReadBackAndTheFilmRepeats() throws IOException {
		Path file = Files.writeString(temp.resolve("film.gif"), "what was there before");
		try (AnimatedGif gif = new AnimatedGif(file, 25)) {
			assertEquals(1, gif.add(frame(0xFF0000)));
			assertEquals(2, gif.add(frame(0x00FF00)));
			assertEquals("what was there before", Files.readString(file));
			gif.complete();
		}
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
			reader.setInput(in);
			assertEquals(2, reader.getNumImages(true));
			assertEquals(64, reader.getWidth(0));
			assertEquals(48, reader.getHeight(0));
			assertEquals(0xFFFF0000, reader.read(0).getRGB(5, 7));
			assertEquals(0xFF00FF00, reader.read(1).getRGB(5, 7));
			reader.dispose();
		}
		assertTrue(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("NETSCAPE2.0"));
		assertEquals(List.of("film.gif"), files());
	}

	@Test
	void aFilmThatIsNotCompleteLeavesNothing() throws IOException {
		try (AnimatedGif gif = new AnimatedGif(temp.resolve("film.gif"), 25)) {
			gif.add(frame(0xFF0000));
		}
		assertEquals(List.of(), files());
	}

	@Test
	void aFileThatCannotBeWrittenIsNamed() throws IOException {
		Path taken = Files.createDirectories(temp.resolve("taken"));
		Path nowhere = temp.resolve("nowhere").resolve("film.gif");
		assertTrue(assertThrows(CannotWriteException.class, () -> new AnimatedGif(taken, 25)).getMessage().contains("it is a folder"));
		assertTrue(assertThrows(CannotWriteException.class, () -> new AnimatedGif(nowhere, 25)).getMessage().contains(nowhere.toString()));
		assertEquals(List.of("taken"), files());
	}

	@Test
	void sizesAndRatesThatNoFilmHasAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> new Film(1_000_000, 1_000_000, 25, 1000));
		assertThrows(IllegalArgumentException.class, () -> new Film(64, 48, 51, 1000));
		assertThrows(IllegalArgumentException.class, () -> new Film(64, 48, 25, 0));
	}

	private List<String> files() throws IOException {
		try (Stream<Path> all = Files.list(temp)) {
			return all.map(path -> path.getFileName().toString()).toList();
		}
	}
}
