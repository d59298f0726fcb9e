package org.headstart.report.internal;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.FileImageOutputStream;

import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.DurableFiles;

/**
 * Writes an animated GIF that repeats for ever, frame by frame. The file is replaced when the film is complete; a film that is
 * closed before leaves nothing. Thread-confined.
 */
public final class AnimatedGif implements AutoCloseable {

	private final Path file;
	private final Path temporary;
	private final ImageWriter writer;
	private final FileImageOutputStream out;
	private final IIOMetadata timing;
	private int frames;
	private boolean complete;

	/**
	 * How a film looks.
	 *
	 * @param width           pixels, at most {@value #MOST_PIXELS}
	 * @param height          pixels, at most {@value #MOST_PIXELS}
	 * @param framesPerSecond from 1 to 50, which is what GIF can say
	 * @param maxFrames       the film ends after so many
	 */
	public record Film(int width, int height, int framesPerSecond, int maxFrames) {

		/** A frame of this size takes 64 MB. */
		static final int MOST_PIXELS = 4096;

		/** Checks. */
		public Film {
			if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS || framesPerSecond < 1 || framesPerSecond > 50
					|| maxFrames < 1) {
				throw new IllegalArgumentException("a film needs sizes from 1 to " + MOST_PIXELS
						+ " pixels, at least one frame, and 1 to 50 frames a second; asked for " + width + " × " + height + ", "
						+ maxFrames + " frames, " + framesPerSecond + " a second");
			}
		}
	}

	/**
	 * Begins a film beside the file.
	 *
	 * @param file            the file
	 * @param framesPerSecond from 1 to 50
	 * @throws CannotWriteException when the file cannot be written
	 */
	public AnimatedGif(Path file, int framesPerSecond) throws CannotWriteException {
		this.file = file;
		Path folder = file.toAbsolutePath().getParent();
		if (folder == null || Files.isDirectory(file)) {
			throw new CannotWriteException(file, new IOException("it is a folder; name the file to write"));
		}
		if (!Files.isDirectory(folder)) {
			throw new CannotWriteException(file, new IOException("there is no folder " + folder));
		}
		writer = ImageIO.getImageWritersByFormatName("gif").next();
		try {
			timing = timing(writer, framesPerSecond);
			temporary = Files.createTempFile(folder, file.getFileName().toString(), DurableFiles.TEMPORARY);
			out = new FileImageOutputStream(temporary.toFile());
			writer.setOutput(out);
			writer.prepareWriteSequence(null);
		} catch (IOException e) {
			writer.dispose();
			throw new CannotWriteException(file, e);
		}
	}

	/**
	 * Adds a frame.
	 *
	 * @param frame the picture, of the same size as those before
	 * @return how many frames there are now
	 * @throws CannotWriteException when it cannot be written
	 */
	public int add(BufferedImage frame) throws CannotWriteException {
		try {
			writer.writeToSequence(new IIOImage(frame, null, timing), null);
		} catch (IOException e) {
			throw new CannotWriteException(file, e);
		}
		return ++frames;
	}

	/**
	 * Ends the film and puts it in the file's place.
	 *
	 * @throws CannotWriteException when it cannot be written
	 */
	public void complete() throws CannotWriteException {
		try {
			writer.endWriteSequence();
			out.close();
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			complete = true;
		} catch (IOException e) {
			throw new CannotWriteException(file, e);
		}
	}

	/** Deletes what was written, unless the film is complete. */
	@Override
	public void close() throws IOException {
		writer.dispose();
		if (!complete) {
			try {
				out.close();
			} finally {
				Files.deleteIfExists(temporary);
			}
		}
	}

	/** GIF counts time in hundredths of a second; the Netscape extension makes the film repeat. */
	private static IIOMetadata timing(ImageWriter writer, int framesPerSecond) throws IOException {
		IIOMetadata metadata = writer.getDefaultImageMetadata(
				ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB), null);
		String format = metadata.getNativeMetadataFormatName();
		IIOMetadataNode root = new IIOMetadataNode(format);
		IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
		control.setAttribute("disposalMethod", "none");
		control.setAttribute("userInputFlag", "FALSE");
		control.setAttribute("transparentColorFlag", "FALSE");
		control.setAttribute("delayTime", Integer.toString(Math.round(100f / framesPerSecond)));
		control.setAttribute("transparentColorIndex", "0");
		root.appendChild(control);
		IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
		IIOMetadataNode repeat = new IIOMetadataNode("ApplicationExtension");
		repeat.setAttribute("applicationID", "NETSCAPE");
		repeat.setAttribute("authenticationCode", "2.0");
		repeat.setUserObject(new byte[] {1, 0, 0});
		extensions.appendChild(repeat);
		root.appendChild(extensions);
		metadata.mergeTree(format, root);
		return metadata;
	}
}
