package io.stockledger.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of the product in a folder of a test, and the processes that the test starts from it. */
final class Installation {
  private static final int LONGEST_SECONDS = 120;
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private final Path folder;
  private final String url;

  private Installation(Path folder, String url) {
    this.folder = folder;
    this.url = url;
  }

  /** Copies what the archive to install has in bin and lib. */
  static Installation copiedTo(Path folder, TestLedger ledger) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("lib"));
    Path launcher = folder.resolve("bin/stock");
    Files.copy(Path.of("scripts/stock"), launcher);
    makeExecutable(launcher);
    for (String name : List.of("stock-ledger.jar", "stock-ledger.classlist")) {
      Files.copy(TARGET.resolve(name), folder.resolve("lib").resolve(name));
    }
    return new Installation(folder, ledger.url());
  }

  /** Unpacks the archive to install, as a user does. */
  static Installation unpackedInto(Path folder, TestLedger ledger)
      throws IOException, InterruptedException {
    Path archive;
    try (Stream<Path> files = Files.list(TARGET)) {
      archive = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    Files.createDirectories(folder);
    Process tar =
        new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException("tar ended with status " + tar.exitValue());
    }
    String name = archive.getFileName().toString();
    return new Installation(folder.resolve(name.replace(".tar.gz", "")), ledger.url());
  }

  private static void makeExecutable(Path file) {
    if (!file.toFile().setExecutable(true, false)) {
      throw new IllegalStateException("Can't make " + file + " executable.");
    }
  }

  Path folder() {
    return folder;
  }

  Path launcher() {
    return folder.resolve("bin/stock");
  }

  Path jar() {
    return folder.resolve("lib/stock-ledger.jar");
  }

  /** Returns the archives of classes in a folder. */
  static List<Path> archives(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  /** Returns the archive of classes beside the jar, which must be there. */
  Path archive() throws IOException {
    return archives(jar().getParent()).get(0);
  }

  /**
   * What a process left.
   *
   * @param status its exit status
   */
  record Result(int status, String out, String err) {}

  /** Prepares a process of the launcher, with the environment that the tests run in. */
  ProcessBuilder command(String... arguments) {
    return command(List.of(launcher().toString()), arguments);
  }

  /** Prepares a process of the launcher under another name or program. */
  ProcessBuilder command(List<String> begin, String... arguments) {
    List<String> command = new ArrayList<>(begin);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("STOCK_DB_URL", url);
    builder.environment().put("STOCK_DB_USER", TestDatabase.server().user());
    builder.environment().put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("STOCK_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder;
  }

  /** Makes the archive of classes, and waits for its end. */
  Result makeArchive() throws IOException, InterruptedException {
    ProcessBuilder maker = command();
    maker.environment().put("STOCK_MAKE_CLASS_ARCHIVE", "yes");
    return run(maker);
  }

  /** Runs a process to its end. */
  static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
    return new Running(builder).result();
  }

  /** A process that was started, with files for its output. */
  static final class Running {
    private final File out = File.createTempFile("stock", ".out");
    private final File err = File.createTempFile("stock", ".err");
    private final Process process;

    Running(ProcessBuilder builder) throws IOException {
      process =
          builder
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out)
              .redirectError(err)
              .start();
    }

    /** Waits for the end. */
    Result result() throws IOException, InterruptedException {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("The process did not end: " + Files.readString(err.toPath()));
      }
      Result result =
          new Result(
              process.exitValue(),
              Files.readString(out.toPath(), UTF_8),
              Files.readString(err.toPath(), UTF_8));
      Files.delete(out.toPath());
      Files.delete(err.toPath());
      return result;
    }
  }
}
