package io.stockledger.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process at a terminal of its own, whose keys a test presses and whose screen it reads. The
 * terminal is made by script of util-linux.
 */
public final class PseudoTerminal implements AutoCloseable {
  public static final String CONTROL_C = "\003";

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Process process;
  private final StringBuilder screen = new StringBuilder();
  private int seen;
  private boolean isEnded;

  /**
   * Starts a command.
   *
   * @param words none of which has a quote
   * @param environment more variables
   */
  public PseudoTerminal(List<String> words, Map<String, String> environment) throws IOException {
    String quoted = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    ProcessBuilder builder =
        new ProcessBuilder(
            "script",
            "--quiet",
            "--return",
            "--command",
            // Otherwise the terminal has no columns. A build that was started in the background, as
            // by nohup, ignores Ctrl-C, and hands that on; only env can undo it.
            "stty cols 160 rows 50; "
                + "if env --default-signal=INT true 2>/dev/null; "
                + "then exec env --default-signal=INT "
                + quoted
                + "; else exec "
                + quoted
                + "; fi",
            "/dev/null");
    builder.environment().putAll(environment);
    builder.environment().put("TERM", "xterm");
    builder.environment().put("SHELL", "/bin/sh");
    process = builder.redirectErrorStream(true).start();
    Thread reader = new Thread(this::read, "screen");
    reader.setDaemon(true);
    reader.start();
  }

  /** Whether this machine has what makes a terminal. */
  public static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("script", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void read() {
    byte[] bytes = new byte[4096];
    try {
      InputStream out = process.getInputStream();
      for (int count = out.read(bytes); count >= 0; count = out.read(bytes)) {
        show(new String(bytes, 0, count, UTF_8));
      }
    } catch (IOException e) {
      show("\n" + e);
    }
    end();
  }

  private synchronized void show(String text) {
    screen.append(text);
    notifyAll();
  }

  private synchronized void end() {
    isEnded = true;
    notifyAll();
  }

  /** Presses keys. */
  public void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /**
   * Waits until the screen shows a text after what was awaited before.
   *
   * @return what the screen shows from there on, up to the end of the text, without the sequences
   *     that move the cursor
   */
  public synchronized String await(String text) throws InterruptedException {
    long begun = System.nanoTime();
    int found = screen.indexOf(text, seen);
    while (found < 0) {
      if (isEnded || System.nanoTime() - begun > LONGEST_WAIT.toNanos()) {
        throw new AssertionError("The screen does not show '" + text + "' but: " + screen);
      }
      wait(1_000);
      found = screen.indexOf(text, seen);
    }
    String shown = screen.substring(seen, found + text.length());
    seen = found + text.length();
    return shown.replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\r", "");
  }

  /** Waits for the end of the process and returns its exit status. */
  public int status() throws InterruptedException {
    if (!process.waitFor(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The process does not end: " + screen);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
