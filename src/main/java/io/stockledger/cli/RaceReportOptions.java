package io.stockledger.cli;

import io.stockledger.ledger.PrintableText;
import io.stockledger.race.RaceRow;
import io.stockledger.race.report.CsvReport;
import io.stockledger.race.report.RecordReport;
import io.stockledger.race.report.SvgChart;
import io.stockledger.race.report.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options that choose the files of the report. */
final class RaceReportOptions {
  private final Value<Path> csv;

  private final Value<Path> svg;

  private final CommandSpec spec;

  RaceReportOptions(Options options) {
    spec = options.command();
    csv =
        options.value(
            "--csv",
            "FILE",
            Path.class,
            new Converters.FilePath(),
            "Also write the table as comma-separated values.");
    svg =
        options.value(
            "--svg",
            "FILE",
            Path.class,
            new Converters.FilePath(),
            "Also draw throughput and oversell as a chart.");
  }

  /**
   * Checks before the race that the files can be written.
   *
   * @throws ParameterException if a file can't be written
   */
  void requireWritable() {
    requireWritable("--csv", csv.get());
    requireWritable("--svg", svg.get());
  }

  private void requireWritable(String option, Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isWritable(file) && !Files.isDirectory(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!writable) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '"
              + option
              + "': can't write "
              + PrintableText.quoted(file.toString())
              + ".");
    }
  }

  /**
   * Reports a race in every form that was asked for.
   *
   * @param caption what was raced
   * @throws IOException if a file can't be written
   */
  void write(List<RaceRow> rows, String caption, Output output) throws IOException {
    output.table(
        rows.stream().map(row -> new Row(RecordReport.values(row))).toList(),
        TableReport.lines(rows));
    write(csv.get(), CsvReport.text(rows));
    write(svg.get(), SvgChart.text(rows, caption));
  }

  private static void write(Path file, String text) throws IOException {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IOException(
          "Could not write " + PrintableText.quoted(file.toString()) + ": " + e, e);
    }
  }
}
