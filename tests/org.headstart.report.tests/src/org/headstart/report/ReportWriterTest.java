package org.headstart.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.headstart.engine.analysis.AdaptationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

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
		RunReport report = new RunReport(hostile, hostile, hostile, plain.arms(), null, plain.targets(), 2, Double.NaN,
				plain.results(), List.of(new RunReport.Row(hostile, hostile)), List.of(hostile), List.of(hostile), hostile, hostile);
		assertFalse(html(report).contains("<img"));
		assertFalse(new CompareWriter(report, report, SampleReport.QUICK).html().contains("<img"));
	}

	@Test
	void csvQuotesLabelsAndLeavesUndefinedEmpty() throws IOException {
		new ReportWriter(SampleReport.QUICK).write(SampleReport.of(1, List.of("scratch", "a,\"b\"\nc"), List.of("t")), folder);
		String csv = Files.readString(folder.resolve("transfer-metrics.csv"));
		assertTrue(csv.startsWith("target,arm,baseline,metric,unit,estimate,low,high,runs,resampling\n"));
		assertTrue(csv.contains("t,\"a,\"\"b\"\"\nc\",scratch,jumpstart,return,"), csv);
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
		List<AdaptationResult> some = full.results().stream()
				.filter(each -> !(each.strategy().equals("fine-tune") && each.target().equals("b"))).toList();
		String html = html(SampleReport.with(full, some, List.of("adapt fine-tune to b, seed 1: failed")));
		assertTrue(html.indexOf("adapt fine-tune to b, seed 1: failed") < html.indexOf("id=\"learning-curves\""));
		assertTrue(html.indexOf("fine-tune has no result on b.") < html.indexOf("id=\"learning-curves\""));
		assertTrue(html(SampleReport.with(full, List.of(), List.of())).contains("There is no finished result yet."));
	}

	@Test
	void aDivergedRunIsWarnedOf() throws IOException {
		RunReport full = SampleReport.of(3);
		List<AdaptationResult> results = new ArrayList<>(full.results());
		AdaptationResult broken = results.get(0);
		double[] returns = broken.returns().clone();
		returns[4] = Double.NaN;
		results.set(0, new AdaptationResult(broken.strategy(), broken.target(), broken.seed(), broken.steps(), returns,
				broken.shotReturns(), broken.randomReturn(), 0, 0, 0, 0));
		assertTrue(html(SampleReport.with(full, results, List.of())).contains("Left out: seed 1 of scratch on a"));
	}

	@Test
	void comparisonAlignsItsTable() {
		CompareWriter writer = new CompareWriter(SampleReport.of(10), SampleReport.of(10), SampleReport.QUICK);
		String text = writer.text();
		assertTrue(text.contains("no difference shown"), text);
		assertEquals(4, text.lines().filter(line -> line.contains("no difference shown")).count());
		assertTrue(writer.html().contains("Comparison of two runs"));
		RunReport other = SampleReport.of(2, List.of("scratch"), List.of("elsewhere"));
		assertTrue(new CompareWriter(SampleReport.of(2), other, SampleReport.QUICK).text().contains("no arm and target in common"));
	}
}
