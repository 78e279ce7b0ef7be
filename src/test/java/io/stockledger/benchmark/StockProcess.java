package io.stockledger.benchmark;

import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A runner of {@code stock} commands in processes of their own, which {@code scripts/stock} starts
 * as for users.
 */
final class StockProcess {
  private static final int POLL_MILLIS = 5;

  /** Set by scripts/benchmark, which has built the jar that the script runs. */
  private static final String SCRIPT = System.getProperty("stock.script", "scripts/stock");

  private final TestLedger ledger;
  private final String javaOptions;

  /**
   * Makes a runner on a ledger.
   *
   * @param javaOptions more options of Java with spaces between, such as -Xmx64m, or an empty text
   */
  StockProcess(TestLedger ledger, String javaOptions) {
    this.ledger = ledger;
    this.javaOptions = javaOptions;
  }

  /**
   * What a command took.
   *
   * @param seconds from the start of the process to its end
   * @param peakKibibytes the most resident memory, if the operating system tells
   */
  record Took(double seconds, OptionalLong peakKibibytes) {}

  /** Whether this checkout has a command, or a command that has an option. */
  boolean knows(String command, String... options) throws IOException, InterruptedException {
    Path out = Files.createTempFile("stock", ".txt");
    try {
      Process process = start(Redirect.to(out.toFile()), Redirect.DISCARD, command, "--help");
      process.waitFor();
      String help = Files.readString(out);
      // With a command that is unknown, --help shows the help of stock itself.
      return help.startsWith("Usage: stock " + command)
          && List.of(options).stream().allMatch(help::contains);
    } finally {
      Files.delete(out);
    }
  }

  /**
   * Runs a command whose stdout is thrown away.
   *
   * @throws IllegalStateException if its exit status is not 0
   */
  Took run(String... command) throws IOException, InterruptedException {
    return run(0, command);
  }

  /**
   * Runs a command whose stdout is thrown away.
   *
   * @throws IllegalStateException if it ends with another exit status than this one
   */
  Took run(int status, String... command) throws IOException, InterruptedException {
    File err = Files.createTempFile("stock", ".txt").toFile();
    try {
      long begun = System.nanoTime();
      Process process = start(Redirect.DISCARD, Redirect.to(err), command);
      OptionalLong peak = peakKibibytes(process);
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        OptionalLong now = peakKibibytes(process);
        peak = now.isPresent() ? now : peak;
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (process.exitValue() != status) {
        throw new IllegalStateException(
            String.join(" ", command)
                + " ended with status "
                + process.exitValue()
                + ":\n"
                + Files.readString(err.toPath()));
      }
      return new Took(seconds, peak);
    } finally {
      Files.delete(err.toPath());
    }
  }

  private Process start(Redirect out, Redirect err, String... command) throws IOException {
    List<String> line = new ArrayList<>(List.of(SCRIPT));
    line.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(out).redirectError(err);
    builder.environment().put("STOCK_JAVA_OPTS", javaOptions);
    builder.environment().put("STOCK_DB_URL", ledger.url());
    builder.environment().put("STOCK_DB_USER", TestDatabase.server().user());
    builder.environment().put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    return builder.start();
  }

  /**
   * Returns what Linux notes as VmHWM, which only grows; empty elsewhere and for an ended process.
   */
  private static OptionalLong peakKibibytes(Process process) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
