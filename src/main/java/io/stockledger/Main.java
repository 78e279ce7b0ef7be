package io.stockledger;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** Starts the {@code stock} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends with its exit status. */
  @SuppressWarnings("SystemConsoleNull") // The property makes it null without a person.
  public static void main(String[] arguments) {
    // On JDK 22 and later, System.console() would not be null without a terminal; with this it is,
    // as on JDK 17.
    System.setProperty("jdk.console", "java.base");
    // The driver's thread that closes forgotten connections: this program closes what it opens.
    System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
    // picocli's own converters to types such as LocalDate: no option uses one (OptionsTest), and
    // making them ready takes 8 ms (picocli, CommandLine.BuiltIn.excluded). The expression is the
    // simplest one, because picocli compiles it 40 times.
    System.setProperty("picocli.converters.excludes", ".*");
    // The driver makes a Calendar of the locale en_US for its first result. To read the data of
    // that
    // locale takes Java 17 12 ms; its older data, 1 ms. Nothing here is written by a locale. Java
    // 21
    // warns of the older data (java.util.spi.LocaleServiceProvider, "java.locale.providers").
    if (Runtime.version().feature() < 21) {
      System.setProperty("java.locale.providers", "COMPAT");
    }
    Terminal terminal =
        new Terminal(
            StandardStreams.stdin(),
            // Not System.out, because a PrintStream hides errors of writing.
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            System.console() != null);
    int exitCode = StockCommand.execute(terminal, System.getenv(), arguments);
    ClassArchive.makeIfMissing();
    System.exit(exitCode);
  }
}
