package org.headstart.cli.internal;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

import org.headstart.engine.internal.text.VisibleText;

/**
 * Standard output or standard error. All output of the command line goes through this class, which guarantees two things: no
 * character of a name, a file or a plug-in controls the terminal ({@link VisibleText}), and no line is wider than the
 * terminal. Lines that are too wide are wrapped between words and indented; on other outputs they stay whole. Blanks at a
 * line's end are dropped. In one text of several lines all but the first are indented, so that a name with a line feed
 * cannot look like a message. The encoding is always UTF-8, since names and units have letters that other encodings lack.
 */
final class TerminalWriter extends PrintWriter {

	/** The replacement of a tab, whose width depends on the terminal. */
	static final String TAB = "    ";

	private static final String HANG = "  ";

	private final Lines lines;

	/**
	 * @param terminal the stream's terminal
	 * @param stream   where to write
	 */
	TerminalWriter(Terminal terminal, OutputStream stream) {
		this(new Lines(terminal, stream));
	}

	private TerminalWriter(Lines lines) {
		super(lines, true);
		this.lines = lines;
	}

	@Override
	public void println(String text) {
		super.println(text == null || text.indexOf('\n') < 0 ? text : indented(text));
	}

	@Override
	public void println(Object value) {
		println(String.valueOf(value));
	}

	/**
	 * @return the reason why something could not be written; null if there is none, or if the reader has stopped
	 *         ({@code headstart list | head -1})
	 */
	IOException failure() {
		flush();
		return lines.failure;
	}

	/** @return a stream that prints here, for the output of plug-ins and libraries */
	PrintStream stream() {
		return new PrintStream(new OutputStream() {

			private final ByteArrayOutputStream line = new ByteArrayOutputStream();

			@Override
			public synchronized void write(int unit) {
				if (unit == '\n') {
					println(line.toString(StandardCharsets.UTF_8));
					line.reset();
				} else {
					line.write(unit);
				}
			}

			@Override
			public synchronized void flush() {
				if (line.size() > 0) {
					print(line.toString(StandardCharsets.UTF_8));
					line.reset();
				}
				TerminalWriter.this.flush();
			}
		}, false, StandardCharsets.UTF_8);
	}

	private static String indented(String text) {
		StringBuilder indented = new StringBuilder();
		int from = 0;
		for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
			indented.append(text, from, at + 1);
			from = at + 1;
			indented.append(isUnbroken(text, from) ? "" : HANG);
		}
		return indented.append(text, from, text.length()).toString();
	}

	private static boolean isUnbroken(String text, int from) {
		Mark first = from < text.length() ? Mark.at(text, from) : null;
		return first == Mark.UNBROKEN || first == Mark.EXACT;
	}

	private static final class Lines extends Writer {

		private final Terminal terminal;
		private final OutputStream stream;
		private final StringBuilder line = new StringBuilder();
		private IOException failure;
		private boolean ended;

		Lines(Terminal terminal, OutputStream stream) {
			this.terminal = terminal;
			this.stream = new BufferedOutputStream(stream);
		}

		@Override
		public void write(char[] text, int from, int count) throws IOException {
			int start = from;
			for (int i = from; i < from + count; i++) {
				if (text[i] == '\n') {
					line.append(text, start, i - start);
					start = i + 1;
					end();
				}
			}
			line.append(text, start, from + count - start);
		}

		private void end() throws IOException {
			String text = line.toString();
			line.setLength(0);
			if (isExact(text)) {
				send(text.substring(Mark.LENGTH) + '\n');
			} else if (isUnbroken(text, 0) || TextLayout.width(text) <= terminal.width()) {
				send(visible(text).stripTrailing() + '\n');
			} else {
				int indent = 0;
				while (text.charAt(indent) == ' ') {
					indent++;
				}
				int hang = Math.min(indent, terminal.width() / 2) + HANG.length();
				for (String part : TextLayout.wrap(text, terminal.width(), hang)) {
					send(visible(part).stripTrailing() + '\n');
				}
			}
		}

		private boolean isExact(String line) {
			return !terminal.interactive() && !line.isEmpty() && Mark.at(line, 0) == Mark.EXACT;
		}

		/** The text with the terminal's sequences in place of our marks, and with escapes in place of all other hidden characters. */
		private String visible(String text) {
			if (TextLayout.isPlain(text)) {
				return text;
			}
			StringBuilder visible = new StringBuilder(text.length() + 16);
			for (int i = 0; i < text.length(); i += TextLayout.length(text, i)) {
				Mark mark = Mark.at(text, i);
				int codePoint = text.codePointAt(i);
				if (mark != null) {
					boolean obeyed = mark == Mark.REWRITE || mark == Mark.REWRITTEN ? terminal.rewritable() : terminal.colours();
					visible.append(obeyed ? mark.sequence() : "");
				} else if (codePoint == '\t') {
					visible.append(TAB);
				} else if (VisibleText.isHidden(codePoint)) {
					visible.append(VisibleText.escape(codePoint));
				} else {
					visible.appendCodePoint(codePoint);
				}
			}
			return visible.toString();
		}

		private void send(String text) throws IOException {
			if (failure == null && !ended) {
				try {
					stream.write(text.getBytes(StandardCharsets.UTF_8));
				} catch (IOException e) {
					failed(e);
				}
			}
		}

		private void failed(IOException e) throws IOException {
			if (terminal.mayBeLeft()) {
				ended = true;
			} else {
				failure = e;
				throw e;
			}
		}

		@Override
		public void flush() throws IOException {
			if (!line.isEmpty()) {
				String text = line.toString();
				line.setLength(0);
				send(isExact(text) ? text.substring(Mark.LENGTH) : visible(text));
			}
			if (failure == null && !ended) {
				try {
					stream.flush();
				} catch (IOException e) {
					failed(e);
				}
			}
		}

		@Override
		public void close() throws IOException {
			flush();
		}
	}
}
