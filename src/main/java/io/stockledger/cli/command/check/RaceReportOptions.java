package io.stockledger.cli.command.check;

import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Row;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.file.WholeFile;
import io.stockledger.race.RaceRow;
import io.stockledger.race.report.CsvReport;
import io.stockledger.race.report.RecordReport;
import io.stockledger.race.report.SvgChart;
import io.stockledger.race.report.TableReport;
import io.stockledger.text.PrintableText;
import java.io.IOException;
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
    csv = options.file("--csv", "Also write the table as comma-separated values.");
    svg = options.file("--svg", "Also draw throughput and oversell as a chart.");
  }

  /**
   * Checks before the race that the files can be written.
   *
   * @throws ParameterException if a file can't be written
   */
  void requireWritable() {
    if (csv.isGiven() && svg.isGiven() && csv.get().equals(svg.get())) {
      throw new ParameterException(spec.commandLine(), "--csv and --svg name the same file.");
    }
    requireWritable("--csv", csv.get());
    requireWritable("--svg", svg.get());
  }

  private void requireWritable(String option, Path file) {
    if (file == null) {
      return;
    }
    try {
      WholeFile.requireWritable(file);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '"
              + option
              + "': can't write "
              + PrintableText.quoted(file.toString())
              + ".",
          e);
    }
  }

  /**
   * Reports a race in every form that was asked for.
   *
   * @param caption what was raced
   * @throws FileNotWrittenException if a file can't be written
   */
  void write(List<RaceRow> rows, String caption, Output output) {
    output.table(
        RecordReport.values(rows).stream().map(Row::new).toList(), TableReport.lines(rows));
    write(csv.get(), CsvReport.text(rows));
    write(svg.get(), SvgChart.text(rows, caption));
  }

  private static void write(Path file, String text) {
    if (file == null) {
      return;
    }
    try {
      WholeFile.write(file, text);
    } catch (IOException e) {
      throw new FileNotWrittenException(file, e);
    }
  }
}
