package org.headstart.report.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.Fact;
import org.headstart.engine.internal.results.CannotWriteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

	private static final String FIGURES = "scope,target,against target,arm,baseline,metric,at,unit,estimate,low,high,bound,"
			+ "low bound,high bound,runs,resampling,note\n";

	@TempDir
	private Path folder;

	private String html(RunReport report) throws IOException {
		new ReportWriter(SampleReport.QUICK).write(report, folder);
		return Files.readString(folder.resolve("report.html"));
	}

	@Test
	void equalResultsGiveEqualFiles() throws IOException {
		Path one = folder.resolve("one");
		Path two = folder.resolve("two");
		new ReportWriter(SampleReport.QUICK).write(SampleReport.of(5), one);
		new ReportWriter(SampleReport.QUICK).write(SampleReport.of(5), two);
		List<Path> files;
		try (Stream<Path> walk = Files.walk(one)) {
			files = walk.filter(Files::isRegularFile).toList();
		}
		assertTrue(files.size() > 30, files.toString());
		for (Path file : files) {
			assertEquals(-1, Files.mismatch(file, two.resolve(one.relativize(file))), file.toString());
		}
	}

	@Test
	void nothingIsWrittenThroughLinksAndWhatIsNoFileIsReplaced() throws IOException {
		Path outside = Files.createDirectory(folder.resolve("outside"));
		Path precious = Files.writeString(outside.resolve("precious"), "precious");
		Path report = Files.createDirectory(folder.resolve("linked"));
		Files.createSymbolicLink(report.resolve("charts"), outside);
		Files.createSymbolicLink(report.resolve("report.html"), precious);
		Files.createSymbolicLink(report.resolve("cost.csv.new"), precious);
		Files.createDirectory(Files.createDirectory(report.resolve("returns.csv")).resolve("inner"));
		assertEquals(List.of(), new ReportWriter(SampleReport.QUICK).write(SampleReport.of(5), report));
		assertEquals("precious", Files.readString(precious));
		try (Stream<Path> files = Files.list(outside)) {
			assertEquals(List.of(precious), files.toList());
		}
		for (String name : List.of("report.html", "returns.csv", "cost.csv")) {
			assertTrue(Files.isRegularFile(report.resolve(name), LinkOption.NOFOLLOW_LINKS), name);
		}
		assertFalse(Files.exists(report.resolve("cost.csv.new"), LinkOption.NOFOLLOW_LINKS));
	}

	@Test
	void aReportIsNotWrittenIntoAFolderThatIsGone() {
		Path gone = folder.resolve("gone").resolve("report");
		CannotWriteException refused = assertThrows(CannotWriteException.class,
				() -> new ReportWriter(SampleReport.QUICK).write(SampleReport.of(2), gone));
		assertTrue(refused.getMessage().contains(gone.toString()), refused.getMessage());
		assertFalse(Files.exists(gone.getParent()));
	}

	@Test
	void pageIsSelfContainedAndItsIdsAreUnique() throws IOException {
		String html = html(SampleReport.of(10));
		assertFalse(html.contains("<script"));
		assertFalse(Pattern.compile("(src|href)=\"(http|//|file)").matcher(html).find());
		List<String> ids = new ArrayList<>();
		Matcher matcher = Pattern.compile(" id=\"([^\"]+)\"").matcher(html);
		while (matcher.find()) {
			assertFalse(ids.contains(matcher.group(1)), matcher.group(1));
			ids.add(matcher.group(1));
		}
		assertTrue(html.contains("prefers-color-scheme: dark"));
		assertTrue(html.contains("fill:var(--series-1)") || html.contains("stroke:var(--series-1)"));
		assertFalse(html.contains("NaN"));
		assertTrue(html.contains("Better than scratch: fine-tune"));
		assertTrue(html.contains("after subtracting the random policy"));
		assertTrue(html.contains("headstart run sample.experiment.yaml"));
	}

	@Test
	void hostileTextsAreEscapedEverywhere() throws IOException {
		String hostile = "<img src=x onerror=alert(1)>&\"'";
		RunReport plain = SampleReport.of(2, List.of("scratch", hostile), List.of(hostile));
		RunReport report = new RunReport(hostile, hostile,
				new RunReport.Comparison(plain.comparison().arms(), null, plain.comparison().targets(), 2, Double.NaN,
						ExperimentDesign.UNKNOWN),
				new AnalysedRun.Results(plain.results().adaptations(), List.of(), List.of(), List.of(new Fact(hostile, hostile))),
				new AnalysedRun.Origin(plain.origin().strategies(), List.of(new Fact(hostile, hostile)), hostile, hostile),
				new RunReport.State(List.of(hostile), List.of(hostile), hostile));
		assertFalse(html(report).contains("<img"));
		assertFalse(new CompareWriter(report, report, SampleReport.QUICK).html().contains("<img"));
	}

	@Test
	void csvQuotesLabelsAndLeavesUndefinedEmpty() throws IOException {
		new ReportWriter(SampleReport.QUICK).write(SampleReport.of(1, List.of("scratch", "a,\"b\"\nc"), List.of("t")), folder);
		String csv = Files.readString(folder.resolve("transfer-metrics.csv"));
		assertTrue(csv.startsWith(FIGURES), csv);
		assertTrue(csv.contains("target,t,,\"a,\"\"b\"\"\nc\",scratch,jumpstart,,return,"), csv);
		assertFalse(csv.contains("NaN"));
		assertTrue(Files.readString(folder.resolve("evaluations.csv")).contains("t,scratch,1,10000,"));
	}

	@Test
	void fewSeedsClaimNothing() throws IOException {
		String one = html(SampleReport.of(1));
		assertTrue(one.contains("With one seed there is no interval: nothing can be said about differences from scratch."));
		assertFalse(one.contains("Better than"));
		assertTrue(html(SampleReport.of(3)).contains("An indication, not a claim, with 3 seeds"));
	}

	@Test
	void whatIsMissingStandsOnTop() throws IOException {
		RunReport full = SampleReport.of(3);
		List<AdaptationResult> some = full.results().adaptations().stream()
				.filter(each -> !(each.strategy().equals("fine-tune") && each.target().equals("b"))).toList();
		String html = html(SampleReport.with(full, some, List.of("adapt fine-tune to b, seed 1: failed")));
		assertTrue(html.indexOf("adapt fine-tune to b, seed 1: failed") < html.indexOf("id=\"learning-curves\""));
		assertTrue(html.indexOf("fine-tune has no result on b.") < html.indexOf("id=\"learning-curves\""));
		assertTrue(html(SampleReport.with(full, List.of(), List.of())).contains("There is no finished result yet."));
	}

	@Test
	void ofManyStepsThatWaitTheFirstAreNamed() throws IOException {
		List<String> incomplete = new ArrayList<>();
		for (int seed = 1; seed <= 30; seed++) {
			incomplete.add("adapt fine-tune to b, seed " + seed + (seed == 25 ? ": out of memory" : ": no result yet"));
		}
		String html = html(SampleReport.with(SampleReport.of(3), SampleReport.of(3).results().adaptations(), incomplete));
		assertTrue(html.contains("seed 8: no result yet") && !html.contains("seed 9: no result yet"));
		assertTrue(html.contains("seed 25: out of memory"));
		assertTrue(html.contains("<li>21 more without a result yet</li>"));
	}

	@Test
	void aDivergedRunIsWarnedOf() throws IOException {
		RunReport full = SampleReport.of(3);
		List<AdaptationResult> results = new ArrayList<>(full.results().adaptations());
		AdaptationResult broken = results.get(0);
		double[] returns = broken.returns().clone();
		returns[4] = Double.NaN;
		results.set(0, new AdaptationResult(broken.strategy(), broken.target(), broken.seed(), broken.steps(), returns,
				broken.shotReturns(), broken.randomReturn(), 0, 0, 0, 0));
		assertTrue(html(SampleReport.with(full, results, List.of())).contains("Left out: seed 1 of scratch on a"));
	}

	@Test
	void aReportOfMetaLearningHasNoTransferFigures() throws IOException {
		String html = html(SampleReport.meta(5));
		for (String section : List.of("returns", "within-a-trial", "generalisation", "episodes", "training", "cost", "method")) {
			assertTrue(html.contains("<h2 id=\"" + section + "\">") && html.contains("href=\"#" + section + "\""), section);
		}
		for (String section : List.of("learning-curves", "transfer", "improvement", "shots", "profile")) {
			assertFalse(html.contains("id=\"" + section + "\""), section);
		}
		assertFalse(html.contains("NaN"));
		assertFalse(html.contains("jumpstart") || html.contains("Jumpstart") || html.contains("Time to threshold"));
		assertTrue(html.contains("whose tasks are held out, rl2 comes 50 % ["), html.substring(html.indexOf("finding\">")));
		assertTrue(html.contains("<th scope=\"col\" class=\"figure\">share of the way to oracle</th>"));
		// the loss is lower, and said to be
		assertTrue(html.contains("<td class=\"figure\">▼\u00A0−0.82 ["));
		assertTrue(html.contains("final distance: Distance to the goal at the end"));
		assertTrue(html.contains("points/train against test"));
		for (String chart : List.of("final-return-1-points-test", "share-of-the-way", "episodes-1-points-test", "generalisation-gap",
				"traces-1-points-test", "traces-3-rates-test-learning-rate", "traces-3-rates-test-loss",
				"training-curves-1-points-train")) {
			assertTrue(html.contains("<figure id=\"" + chart + "\">"), chart);
			assertTrue(Files.size(folder.resolve("charts").resolve(chart + ".png")) > 5_000, chart);
			assertTrue(Files.exists(folder.resolve("charts").resolve(chart + ".svg")), chart);
		}
	}

	@Test
	void tablesOfMetaLearningAreWrittenInFull() throws IOException {
		new ReportWriter(SampleReport.QUICK).write(SampleReport.meta(3), folder);
		String returns = Files.readString(folder.resolve("returns.csv"));
		assertTrue(returns.startsWith(FIGURES), returns);
		assertTrue(returns.contains("target,points/test,,rl2,no memory,share-of-the-way,,,0."), returns);
		assertTrue(returns.contains("target,rates/test,,oracle,,outcome:final-loss,,,0."), returns);
		assertTrue(returns.contains("target,points/test,,rl2,,episode:3,3,return,-4."), returns);
		assertEquals(1 + 2 * 3 * 3, Files.readAllLines(folder.resolve("episodes-of-trials.csv")).size());
		List<String> gaps = Files.readAllLines(folder.resolve("generalisation.csv"));
		assertEquals(1 + 3 * 3, gaps.size());
		assertTrue(gaps.get(1).startsWith("pair of targets,points/test,points/train,no memory,,return-on-seen,"), gaps.get(1));
		assertEquals(1 + 3 * 3 * 21, Files.readAllLines(folder.resolve("training.csv")).size());
		// three arms: four trials of two episodes of 31 moments of four numbers, and eight trainings of 21 of two
		assertEquals(1 + 3 * (4 * 2 * 31 * 4 + 8 * 21 * 2), Files.readAllLines(folder.resolve("traces.csv")).size());
		for (String none : List.of("transfer-metrics.csv", "learning-curves.csv", "shots.csv")) {
			assertEquals(1, Files.readAllLines(folder.resolve(none)).size(), none);
		}
		for (String table : List.of("returns.csv", "traces.csv", "generalisation.csv")) {
			assertFalse(Files.readString(folder.resolve(table)).contains("NaN"), table);
		}
	}

	@Test
	void oneSeedOfMetaLearningGivesAPage() throws IOException {
		String html = html(SampleReport.meta(1));
		assertTrue(html.contains("With one seed there is no interval"));
		assertFalse(html.contains("NaN"));
		assertFalse(html.contains("▲\u00A0") || html.contains("▼\u00A0"), "nothing is shown by one seed");
	}

	@Test
	void comparisonOfMetaLearningHasReturnsAndOutcomesOnly() {
		CompareWriter writer = new CompareWriter(SampleReport.meta(5), SampleReport.meta(5), SampleReport.QUICK);
		assertEquals(List.of("return", "outcome: final distance"),
				writer.table().rows().stream().filter(row -> row.key().target().equals("points/test") && row.key().arm().equals("rl2"))
						.map(row -> row.key().figure()).toList());
		assertTrue(
				writer.table().rows().stream().allMatch(row -> row.cells().stream().allMatch(cell -> cell.text().matches(".*[a-z0-9].*"))));
		String html = writer.html();
		assertTrue(html.contains("final loss") && !html.contains("ratio of areas") && !html.contains("NaN"));
	}

	@Test
	void aComparisonHasARowForEachFigure() {
		CompareWriter writer = new CompareWriter(SampleReport.of(10), SampleReport.of(8), SampleReport.QUICK);
		assertEquals(2 * 2 * 3, writer.table().rows().size());
		FigureTable.Row row = writer.table().rows().get(1);
		assertEquals("asymptote", row.key().figure());
		assertEquals("10", row.cells().get(0).text());
		assertEquals("8", row.cells().get(1).text());
		assertEquals("no difference shown", row.cells().get(5).text());
		assertTrue(writer.html().contains("Comparison of two runs") && writer.html().contains("scratch on a"));
		RunReport other = SampleReport.of(2, List.of("scratch"), List.of("elsewhere"));
		assertTrue(new CompareWriter(SampleReport.of(2), other, SampleReport.QUICK).notes()
				.contains("The two have no arm and target in common."));
	}

	/** Page and files are made from the same tables: neither says more than the other. */
	@Test
	void pageAndFilesSayTheSame() throws IOException {
		for (RunReport report : List.of(SampleReport.of(1), SampleReport.of(4), SampleReport.meta(2))) {
			String html = html(report);
			String files = "";
			for (String file : List.of("transfer-metrics.csv", "shots.csv", "returns.csv", "generalisation.csv", "cost.csv")) {
				files += Files.readString(folder.resolve(file)).substring(FIGURES.length());
			}
			long said = 0;
			for (FigureTable table : FigureTables.of(report.analyse(SampleReport.QUICK))) {
				for (FigureTable.Row row : table.rows()) {
					for (FigureTable.Cell cell : row.cells()) {
						assertTrue(html.contains(HtmlPage.escape(HtmlPage.unbroken(cell.text()))), cell.text());
						said += cell.says() ? 1 : 0;
					}
				}
				table.notes().forEach(note -> assertTrue(html.contains(HtmlPage.escape(note)), note));
			}
			assertEquals(said, files.lines().count());
		}
	}

	@Test
	void boundsAndReasonsAreColumnsOfTheFiles() throws IOException {
		RunReport plain = SampleReport.of(1, List.of("scratch", "fine-tune"), List.of("t"));
		RunReport unreached = new RunReport("n", "",
				new RunReport.Comparison(plain.comparison().arms(), null, plain.comparison().targets(), 1, 100, ExperimentDesign.UNKNOWN),
				plain.results(), new AnalysedRun.Origin(plain.origin().strategies(), List.of(), "", ""),
				new RunReport.State(List.of(), List.of(), ""));
		assertTrue(html(unreached).contains("neither\u00A0reaches\u00A0it"));
		String csv = Files.readString(folder.resolve("transfer-metrics.csv"));
		assertTrue(csv.contains("target,t,,fine-tune,scratch,steps-saved-to-threshold,,env steps,,,,,,,1,paired by seed,"
				+ "neither the arm nor scratch reaches the threshold of 100 within the budget\n"), csv);
		assertTrue(csv.contains("target,t,,fine-tune,,time-to-threshold,,env steps,10000,,,>,,,1,,\"one seed, so no interval\"\n"), csv);
	}

	@Test
	void labelsThatASpreadsheetWouldRunAreNeutralisedAndNumbersAreNot() throws IOException {
		String formula = "=HYPERLINK(1)";
		RunReport report = SampleReport.of(2, List.of("-scratch", "@tuned"), List.of(formula, "all targets"));
		new ReportWriter(SampleReport.QUICK).write(report, folder);
		List<Path> files;
		try (Stream<Path> list = Files.list(folder)) {
			files = list.filter(file -> file.toString().endsWith(".csv")).toList();
		}
		boolean negative = false;
		for (Path file : files) {
			for (String line : Files.readAllLines(file)) {
				for (String cell : line.split(",", -1)) {
					assertTrue(cell.isEmpty() || !"=+-@".contains(cell.substring(0, 1)) || cell.matches("-[0-9.]+"), file + ": " + line);
					negative |= cell.matches("-[0-9.]+");
				}
			}
		}
		assertTrue(negative);
		String curves = Files.readString(folder.resolve("learning-curves.csv"));
		assertTrue(curves.contains("\ntarget,all targets,'-scratch,") && curves.contains("\nall targets,,'-scratch,"), curves);
	}

	@Test
	void chartsThatAreThereAreNotDrawnAgain(@TempDir Path folder) throws IOException {
		RunReport report = SampleReport.of(3);
		TransferAnalysis analysis = report.analyse(SampleReport.QUICK);
		Path charts = folder.resolve("charts");
		ReportWriter.write(report, analysis, folder, Optional.of("code"));
		Map<String, byte[]> first = files(charts);
		byte[] page = Files.readAllBytes(folder.resolve("report.html"));
		FileTime past = FileTime.fromMillis(0);
		for (String name : first.keySet()) {
			Files.setLastModifiedTime(charts.resolve(name), past);
		}
		ReportWriter.write(report, analysis, folder, Optional.of("code"));
		for (String name : first.keySet()) {
			assertEquals(past, Files.getLastModifiedTime(charts.resolve(name)), name);
		}
		assertArrayEquals(page, Files.readAllBytes(folder.resolve("report.html")));

		// damaged, changed, missing or replaced: drawn
		Iterator<String> names = first.keySet().stream().filter(name -> name.endsWith(".png")).iterator();
		String png = names.next();
		byte[] damaged = first.get(png).clone();
		damaged[damaged.length / 2]++;
		Files.write(charts.resolve(png), damaged);
		String cut = names.next();
		Files.write(charts.resolve(cut), Arrays.copyOf(first.get(cut), first.get(cut).length - 12));
		String svg = names.next().replace(".png", ".svg");
		Files.writeString(charts.resolve(svg), "<svg>", StandardOpenOption.APPEND);
		Files.delete(charts.resolve(names.next()));
		ReportWriter.write(report, analysis, folder, Optional.of("code"));
		assertSameFiles(first, files(charts));

		ReportWriter.write(report, analysis, folder, Optional.of("other code"));
		assertNotEquals(past, Files.getLastModifiedTime(charts.resolve(first.keySet().iterator().next())));
		// other data
		RunReport other = SampleReport.of(4);
		ReportWriter.write(other, other.analyse(SampleReport.QUICK), folder, Optional.of("other code"));
		Path fresh = folder.resolve("fresh");
		ReportWriter.write(other, other.analyse(SampleReport.QUICK), fresh, Optional.of("other code"));
		assertSameFiles(files(fresh.resolve("charts")), files(charts));
		assertArrayEquals(Files.readAllBytes(fresh.resolve("report.html")), Files.readAllBytes(folder.resolve("report.html")));
	}

	private static SortedMap<String, byte[]> files(Path folder) throws IOException {
		SortedMap<String, byte[]> files = new TreeMap<>();
		try (Stream<Path> entries = Files.list(folder)) {
			for (Path file : entries.toList()) {
				files.put(file.getFileName().toString(), Files.readAllBytes(file));
			}
		}
		return files;
	}

	private static void assertSameFiles(Map<String, byte[]> expected, Map<String, byte[]> actual) {
		assertEquals(expected.keySet(), actual.keySet());
		expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
	}

	@Test
	void pngHoldsTheImage() throws IOException {
		BufferedImage image = new BufferedImage(70, 50, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < 70 * 50; i++) {
			image.setRGB(i % 70, i / 70, i < 700 ? 0x123456 : i * 7919);
		}
		byte[] file = PngImage.encoded(image, "a comment");
		BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
		assertEquals(70, read.getWidth());
		assertEquals(50, read.getHeight());
		assertArrayEquals(image.getRGB(0, 0, 70, 50, null, 0, 70), read.getRGB(0, 0, 70, 50, null, 0, 70));
		assertEquals(Optional.of("a comment"), PngImage.comment(file));
		for (int i = 0; i < file.length; i++) {
			byte[] damaged = file.clone();
			damaged[i] ^= 0x41;
			assertEquals(Optional.empty(), PngImage.comment(damaged), "byte " + i);
			assertEquals(Optional.empty(), PngImage.comment(Arrays.copyOf(file, i)), i + " bytes");
		}
	}
}
