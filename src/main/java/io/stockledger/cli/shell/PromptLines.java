package io.stockledger.cli.shell;

import io.stockledger.cli.command.CommandInterrupt;
import io.stockledger.cli.output.Terminal;
import io.stockledger.file.FileFailure;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.shell.jline3.PicocliJLineCompleter;

/** The lines that a person types at a terminal, with a prompt, a history and completion. */
final class PromptLines implements ShellLines {
  /** The exit status of a process that Ctrl-C ends: 128 and the number of the signal. */
  private static final int INTERRUPTED = 130;

  private final org.jline.terminal.Terminal keyboard;
  private final ShellHistory history;
  private final Terminal terminal;
  private final LineEditor editor;
  private final PromptInput input;
  private final CommandInterrupt interrupt;
  private final String prompt;

  private PromptLines(
      String place,
      org.jline.terminal.Terminal keyboard,
      LineReader reader,
      ShellHistory history,
      Terminal terminal) {
    this.prompt = "stock " + PrintableText.printable(place) + "> ";
    this.keyboard = keyboard;
    this.history = history;
    this.terminal = terminal;
    this.editor = new LineEditor(keyboard, reader);
    this.interrupt = new CommandInterrupt(() -> System.exit(INTERRUPTED));
    this.input = new PromptInput(editor, interrupt);
    // While a line is typed, JLine has a handler of its own.
    keyboard.handle(Signal.INT, signal -> interrupt.request());
  }

  /**
   * Opens the terminal of this process.
   *
   * @param place what the prompt names: where the commands take effect
   * @param commands the root of the commands that Tab completes
   * @param refused options that Tab does not offer
   * @param history the file of the lines of earlier shells; empty to keep none
   */
  static PromptLines open(
      String place,
      CommandSpec commands,
      Set<String> refused,
      Optional<Path> history,
      Terminal terminal)
      throws IOException {
    return open(
        place,
        TerminalBuilder.builder().name("stock").system(true).dumb(true).build(),
        commands,
        refused,
        history,
        terminal);
  }

  static PromptLines open(
      String place,
      org.jline.terminal.Terminal keyboard,
      CommandSpec commands,
      Set<String> refused,
      Optional<Path> historyFile,
      Terminal terminal) {
    ShellHistory history = new ShellHistory(historyFile);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(keyboard)
            .appName("stock")
            .completer(new Words(new PicocliJLineCompleter(commands), refused))
            .history(history)
            // Otherwise JLine would put an earlier line in the place of "!1".
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    historyFile.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    return new PromptLines(place, keyboard, builder.build(), history, terminal);
  }

  @Override
  public Optional<String> next() {
    while (true) {
      try {
        return Optional.of(editor.readCommand(prompt));
      } catch (UserInterruptException e) {
        // Ctrl-C drops the line.
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public Optional<String> origin() {
    return Optional.empty();
  }

  @Override
  public Terminal terminal() {
    return terminal.forCommand(input, input::ask);
  }

  @Override
  public CommandInterrupt interrupt() {
    return interrupt;
  }

  @Override
  public void close() throws IOException {
    history.save();
    history
        .failure()
        .ifPresent(
            failure ->
                terminal.message(
                    "What you typed last is not kept: " + FileFailure.reason(failure) + "."));
    keyboard.close();
  }

  /** The completion of commands and options, and of the words of the shell itself. */
  private record Words(Completer commands, Set<String> refused) implements Completer {
    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
      commands.complete(reader, line, candidates);
      candidates.removeIf(candidate -> refused.contains(candidate.value()));
      if (line.wordIndex() == 0) {
        Shell.ENDS.forEach(word -> candidates.add(new Candidate(word)));
      }
    }
  }
}
