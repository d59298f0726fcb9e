package org.headstart.report.internal;

/** Images cannot be drawn because the machine has no fonts. SVG and HTML do not need any. */
public final class NoFontsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoFontsException(Throwable cause) {
		super("Java finds no fonts on this machine, so PNG images cannot be drawn (SVG and HTML can). Install fontconfig and one"
				+ " font; on Debian and Ubuntu: apt-get install fontconfig fonts-dejavu-core", cause);
	}
}
