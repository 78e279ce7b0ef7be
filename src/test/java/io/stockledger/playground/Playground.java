package io.stockledger.playground;

import io.stockledger.testing.EmbeddedMariaDb;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code scripts/playground}, which runs an embedded MariaDB in the foreground, at the
 * address where {@code stock} looks for its database by default. The ready line goes to stdout,
 * problems go to stderr.
 */
@Command(
    name = "playground",
    description =
        "Starts an embedded MariaDB on 127.0.0.1, user root without a password, database test."
            + " Ctrl-C stops it. Data are kept in .playground/ of the checkout.",
    sortOptions = false)
public final class Playground implements Callable<Integer> {
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @SuppressWarnings("unused") // picocli sets and reads it.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help and ends.")
  private boolean help;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Port to listen on; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--ephemeral",
      description = "Starts with an empty database, which is deleted at the end.")
  private boolean ephemeral;

  private final AtomicBoolean stopping = new AtomicBoolean();

  /** Exits with 1 if the server could not run, 2 for a wrong option, 130 or 143 after a signal. */
  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(new Playground());
    commandLine.setExecutionExceptionHandler((e, command, parsed) -> fail(List.of(e.toString())));
    System.exit(commandLine.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65535) {
      throw new ParameterException(
          spec.commandLine(), "--port takes a number from 0 to 65535, not " + port + ".");
    }
    if (ephemeral) {
      List<String> problems = portProblems();
      return problems.isEmpty() ? run(throwAwayFolder()) : fail(problems);
    }
    Path folder = keptFolder();
    Files.createDirectories(folder);
    try (FileChannel lockFile =
        FileChannel.open(
            folder.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      List<String> problems = portProblems();
      // The operating system releases the lock when the playground ends, also if it is killed.
      FileLock lock = lockFile.tryLock();
      if (lock == null) {
        problems.add(usedByPlayground(folder));
      } else {
        lockFile.truncate(0);
        lockFile.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
        leftBehind(folder).ifPresent(problems::add);
      }
      return problems.isEmpty() ? run(folder) : fail(problems);
    }
  }

  private int run(Path folder) throws InterruptedException {
    EmbeddedMariaDb server = new EmbeddedMariaDb(folder);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
    try {
      server.start(port);
    } catch (IOException e) {
      return stopping.get() ? FAILED : fail(List.of(e.getMessage()));
    }
    System.out.println(
        "Ready: jdbc:mysql://127.0.0.1:"
            + server.port()
            + "/test (user root, no password). Ctrl-C stops it.");
    int status = server.waitForEnd();
    return stopping.get()
        ? FAILED
        : fail(
            List.of(
                "MariaDB ended by itself with status "
                    + status
                    + ". Its last lines:\n"
                    + server.lastLines()));
  }

  /**
   * Stops the server in the shutdown hook, after a signal and also when the server ended by itself.
   */
  private void stop(EmbeddedMariaDb server, Path folder) {
    stopping.set(true);
    server.close();
    if (ephemeral && Files.exists(folder)) {
      try {
        TestDatabase.delete(folder);
      } catch (IOException e) {
        System.err.println(folder + " could not be deleted: " + e);
      }
    }
  }

  /**
   * Returns only a name: the folder is created after the shutdown hook that deletes it is
   * installed.
   */
  private static Path throwAwayFolder() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "stock-ledger-playground-" + UUID.randomUUID());
  }

  private static Path keptFolder() {
    return Path.of(System.getProperty("stock.playground.folder", ".playground")).toAbsolutePath();
  }

  private List<String> portProblems() {
    List<String> problems = new ArrayList<>();
    try {
      EmbeddedMariaDb.freePort(port);
    } catch (IOException e) {
      problems.add(
          "Port "
              + port
              + " on 127.0.0.1 is not free ("
              + e.getMessage()
              + "). Name another one with --port, or take any free one with --port 0.");
    }
    return problems;
  }

  private static String usedByPlayground(Path folder) throws IOException {
    String pid = Files.readString(folder.resolve("lock")).strip();
    return "Another playground (process "
        + pid
        + ") uses "
        + folder
        + ". Stop it, or start a throw-away beside it with --ephemeral.";
  }

  private static Optional<String> leftBehind(Path folder) throws IOException {
    return EmbeddedMariaDb.runningOn(folder)
        .map(
            server ->
                "A playground that was killed left its MariaDB running (process "
                    + server.pid()
                    + ") on "
                    + folder
                    + ". Stop it: kill "
                    + server.pid());
  }

  private static int fail(List<String> problems) {
    problems.forEach(System.err::println);
    return FAILED;
  }
}
