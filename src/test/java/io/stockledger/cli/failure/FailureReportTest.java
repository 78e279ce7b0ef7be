package io.stockledger.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every known failure has a sentence of its own: Java 17 has no switch that could check it. */
class FailureReportTest {
  private static final Path SOURCES = Path.of("src/main/java/io/stockledger");

  private static final Pattern FAILURE =
      Pattern.compile("final class (\\w+) extends (?:KnownException|RefusedException) ");

  @Test
  void everyKnownFailureHasASentence() throws IOException {
    String sentences = text(SOURCES.resolve("cli/failure"));
    List<String> failures = new ArrayList<>();
    Matcher matcher = FAILURE.matcher(text(SOURCES));
    while (matcher.find()) {
      failures.add(matcher.group(1));
    }
    assertThat(failures).hasSizeGreaterThan(15);
    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(sentences)
                    .containsPattern("instanceof " + failure + "\\b|\\(\\(" + failure + "\\) "));
  }

  @Test
  void anyOtherFailureIsUnexpected() {
    FailureReport report = FailureReport.of(new IllegalStateException("a fault"));
    assertThat(report.kind()).isEqualTo("unexpected");
    assertThat(report.sentence())
        .isEqualTo(
            "Unexpected error (--debug shows where): java.lang.IllegalStateException: a fault");
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  private static String text(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
