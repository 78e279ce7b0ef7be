package io.stockledger.testing;

import io.stockledger.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A maker of processes that run a {@code stock} command in a Java of their own. */
public final class StockJvm {
  private final String url;
  private final Path folder;
  private String before = "";
  private String redirections = "";

  /**
   * Makes processes on a schema.
   *
   * @param folder where their stdout and stderr go, as files {@code out} and {@code err}
   */
  public StockJvm(String url, Path folder) {
    this.url = url;
    this.folder = folder;
  }

  /** Has a shell run this first, such as {@code ulimit -f 8}. */
  public StockJvm before(String shellLine) {
    StockJvm other = new StockJvm(url, folder);
    other.before = shellLine + "\n";
    other.redirections = redirections;
    return other;
  }

  /** Has a shell redirect streams of the command, such as {@code < file}. */
  public StockJvm redirected(String words) {
    StockJvm other = new StockJvm(url, folder);
    other.before = before;
    other.redirections = " " + words;
    return other;
  }

  /** Starts a command. */
  public Process start(String... arguments) throws IOException {
    return start(List.of(), Main.class.getName(), arguments);
  }

  /** Runs a command to its end. */
  public StockCli.Result run(String... arguments) throws IOException, InterruptedException {
    return result(start(arguments));
  }

  /** Runs a command with more options of Java. */
  public StockCli.Result runWith(List<String> javaOptions, String... arguments)
      throws IOException, InterruptedException {
    return result(start(javaOptions, Main.class.getName(), arguments));
  }

  /** Waits for the end of a process, and returns what it wrote to its files. */
  public StockCli.Result result(Process process) throws IOException, InterruptedException {
    int status = process.waitFor();
    return new StockCli.Result(
        status, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
  }

  /** Starts a class with a main method. */
  public Process start(List<String> javaOptions, String main, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", before + "exec \"$@\"" + redirections, "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Java's file of performance data would be cut by a limit of the size of files.
    command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("STOCK_DB_URL", url);
    environment.put("STOCK_DB_USER", TestDatabase.server().user());
    environment.put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    return builder.start();
  }
}
