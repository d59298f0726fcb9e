package org.headstart.report.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.api.random.RandomStreams;
import org.headstart.engine.internal.results.DurableFiles;
import org.jfree.chart.JFreeChart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server without fonts: a Java process of its own whose font configuration is empty. */
class NoFontsTest {

	@TempDir
	private Path folder;

	/** What the process runs. */
	static final class Main {

		private Main() {}

		public static void main(String[] arguments) throws Exception {
			new ReportWriter(SampleReport.QUICK).write(SampleReport.of(3), Path.of(arguments[0])).forEach(System.out::println);
		}
	}

	/** Fontconfig is how Linux finds fonts. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void htmlAndSvgComeOutAndPngSaysWhatToInstall() throws Exception {
		Path configuration = Files.writeString(folder.resolve("fonts.conf"),
				"<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>/nowhere</dir></fontconfig>");
		Path out = folder.resolve("report");
		Path log = folder.resolve("log");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				// Java keeps what it found of fonts under the home folder
				"-Duser.home=" + folder, "-cp", classPath(), Main.class.getName(), out.toString());
		builder.environment().put("FONTCONFIG_FILE", configuration.toString());
		builder.environment().put("FONTCONFIG_PATH", folder.toString());
		builder.environment().put("HOME", folder.toString());
		Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		assertTrue(process.waitFor(10, TimeUnit.MINUTES), "took too long");
		String said = Files.readString(log);
		assertEquals(0, process.exitValue(), said);
		assertTrue(said.contains("apt-get install fontconfig fonts-dejavu-core"), said);
		assertTrue(Files.readString(out.resolve("report.html")).contains("<svg"));
		assertTrue(Files.exists(out.resolve("charts/learning-curves-1-a.svg")));
		assertFalse(Files.exists(out.resolve("charts/learning-curves-1-a.png")));
		// the very bytes that a machine with fonts writes
		Path here = folder.resolve("here");
		new ReportWriter(SampleReport.QUICK).write(SampleReport.of(3), here);
		assertEquals(-1, Files.mismatch(out.resolve("report.html"), here.resolve("report.html")));
	}

	/** Where the classes come from, also when each bundle has a class loader of its own. */
	private static String classPath() throws URISyntaxException {
		Set<String> places = new LinkedHashSet<>();
		List<Class<?>> classes = new ArrayList<>(List.of(NoFontsTest.class, ReportWriter.class, TransferAnalysis.class,
				DurableFiles.class, RandomStreams.class, JFreeChart.class));
		for (String name : List.of("org.apache.batik.svggen.SVGGraphics2D", "org.apache.batik.ext.awt.g2d.GraphicContext",
				"org.apache.batik.util.SVGConstants", "org.apache.batik.constants.XMLConstants",
				"org.apache.batik.i18n.LocalizableSupport", "org.apache.xmlgraphics.java2d.color.ColorSpaces")) {
			try {
				classes.add(Class.forName(name));
			} catch (ClassNotFoundException e) {
				// lies in another of the jars, or is not needed
				continue;
			}
		}
		for (Class<?> each : classes) {
			Path place = Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI());
			places.add(place.toString());
			for (String below : List.of("bin", "target/classes", "target/test-classes")) {
				if (Files.isDirectory(place.resolve(below))) {
					places.add(place.resolve(below).toString());
				}
			}
		}
		return String.join(File.pathSeparator, places);
	}
}
