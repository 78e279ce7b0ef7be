package io.stockledger.cli.shell;

import io.stockledger.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.terminal.impl.DumbTerminal;
import picocli.CommandLine.Model.CommandSpec;

/** A program that types lines at the prompt of a shell, for a test of the history. */
public final class TypedLines {
  private TypedLines() {}

  /** Types as many lines as the second argument says; the first is the folder of the history. */
  public static void main(String[] arguments) throws IOException {
    String text =
        IntStream.range(0, Integer.parseInt(arguments[1]))
            .mapToObj("get-stock --item-id %06d\n"::formatted)
            .collect(Collectors.joining());
    DumbTerminal keyboard =
        new DumbTerminal(
            "test",
            "xterm",
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new FileOutputStream(FileDescriptor.err));
    try (PromptLines prompt =
        PromptLines.open(
            "test",
            keyboard,
            CommandSpec.create().name("stock"),
            Set.of(),
            Optional.of(ShellHistory.file(Map.of("XDG_STATE_HOME", arguments[0]))),
            terminal)) {
      while (prompt.next().isPresent()) {
        // The history keeps it.
      }
    }
  }
}
