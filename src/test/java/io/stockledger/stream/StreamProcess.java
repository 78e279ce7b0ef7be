package io.stockledger.stream;

import io.stockledger.Main;
import io.stockledger.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@code stock stream} in a Java of its own with 64 MiB of heap, and its pipes. */
final class StreamProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private StreamProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts the command with more words. */
  static StreamProcess start(String url, String... words) throws IOException {
    return new StreamProcess(builder(url, words).start());
  }

  /**
   * Starts it at a socket, and returns once it serves.
   *
   * @param words after {@code --socket}
   */
  static StreamProcess serve(String url, Path socket, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("--socket", socket.toString()));
    all.addAll(List.of(words));
    ProcessBuilder builder =
        builder(url, all.toArray(String[]::new)).redirectError(ProcessBuilder.Redirect.PIPE);
    StreamProcess started = new StreamProcess(builder.start());
    BufferedReader messages = started.process.errorReader(StandardCharsets.UTF_8);
    String message = messages.readLine();
    if (message == null || !message.startsWith("Serving ")) {
      started.close();
      throw new IOException("No stream: " + message);
    }
    return started;
  }

  private static ProcessBuilder builder(String url, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "stream"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    environment.put("STOCK_DB_URL", url);
    environment.put("STOCK_DB_USER", TestDatabase.server().user());
    environment.put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    return builder;
  }

  OutputStream requests() {
    return process.getOutputStream();
  }

  void send(String line) throws IOException {
    requests().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    requests().flush();
  }

  BufferedReader answers() {
    return answers;
  }

  /** Returns the answers up to the end. */
  List<String> allAnswers() throws IOException {
    List<String> all = new ArrayList<>();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      all.add(line);
    }
    return all;
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  int status() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
