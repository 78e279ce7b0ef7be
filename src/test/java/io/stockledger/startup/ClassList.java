package io.stockledger.startup;

import io.stockledger.cli.failure.ExitCode;
import io.stockledger.proxy.ScriptedServer;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A step of the build: writes the list of the classes that commands need, from which {@code
 * scripts/stock} has Java make its archive of classes.
 */
public final class ClassList {
  private static final List<String> COMMANDS =
      List.of(
          "help",
          "get-stock --help",
          "get-stock --item-id 101 --date 2025-09-19",
          "add-stock --item-id 101 --quantity 1 --date 2025-09-19 --request-id rehearsal",
          "remove-stock-check --item-id 101 --quantity 1 --date 2025-09-19",
          "remove-stock-atomic --item-id 101 --quantity 1 --date 2025-09-19",
          "remove-stock-atomic --item-id 101 --quantity 1000 --date 2025-09-19",
          "post-moves --move 101=1 --move SAKE-101=-1 --date 2025-09-19",
          "hold-stock --item-id 101 --quantity 1 --expires-in 15m --request-id class-list-hold",
          "list-holds",
          "commit-hold --request-id class-list-hold",
          "release-hold --request-id class-list-hold",
          "release-hold --expired",
          "list-items",
          "list-moves --item-id 101",
          "run-batch --date 2025-09-19",
          "shell commands");

  /** What the shell reads. */
  private static final List<String> LINES =
      List.of("get-stock --item-id 101 --date 2025-09-19", "run-batch --date 2025-09-19");

  private static final int LONGEST_COMMAND_SECONDS = 60;

  /** Comments, and classes that Java makes at run time. */
  private static final Pattern LEFT_OUT = Pattern.compile("#.*|jdk/proxy.*|.*/\\$Proxy.*");

  private ClassList() {}

  /**
   * Writes the list.
   *
   * @param arguments the jar and the file to write
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path jar = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Files.createTempDirectory("stock-classes");
    Path loaded = folder.resolve("loaded");
    Path commands = Files.write(folder.resolve("commands"), LINES);
    // In the order of the names, so that two builds write the same bytes.
    Set<String> lines = new TreeSet<>();
    try (ScriptedServer tidb = new ScriptedServer(true);
        ScriptedServer other = new ScriptedServer(false)) {
      for (ScriptedServer server : List.of(tidb, other)) {
        for (String command : COMMANDS) {
          run(jar, folder, loaded, server.url(), command);
          Files.readAllLines(loaded).stream()
              .filter(line -> !LEFT_OUT.matcher(line).matches())
              .forEach(lines::add);
        }
      }
    } finally {
      Files.deleteIfExists(loaded);
      Files.delete(commands);
      Files.delete(folder);
    }
    List<String> file = new ArrayList<>(lines);
    file.add(0, "# " + digest(jar));
    // With lambdas of another version's classes, Java may crash, so the script leaves those out.
    file.add(1, "# " + System.getProperty("java.vm.version"));
    Files.write(Path.of(arguments[1]), file);
  }

  /** By this scripts/stock tells jars of the same time and size from each other. */
  private static String digest(Path jar) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a command whose result does not matter, with nothing of this user's configuration. */
  private static void run(Path jar, Path folder, Path loaded, String url, String command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:DumpLoadedClassList=" + loaded,
            "-Duser.home=" + folder,
            "-jar",
            jar.toString());
    builder.command().addAll(List.of(command.split(" ", -1)));
    builder.environment().clear();
    builder.environment().put("STOCK_DB_URL", url);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.directory(folder.toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(Redirect.DISCARD);
    builder.redirectError(Redirect.DISCARD);
    Process process = builder.start();
    if (!process.waitFor(LONGEST_COMMAND_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("stock " + command + " did not end.");
    }
    // A command that failed has not loaded what it needs to do its work.
    int status = process.exitValue();
    if (status != ExitCode.DONE && status != ExitCode.REFUSED) {
      throw new IOException("stock " + command + " ended with status " + status + ".");
    }
  }
}
