package io.stockledger;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** Starts the {@code stock} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends with its exit status. */
  public static void main(String[] arguments) {
    // As on 17, also from JDK 22 on: no console unless a person is at it (System.console).
    System.setProperty("jdk.console", "java.base");
    Terminal terminal =
        new Terminal(
            System.in,
            // Not System.out: it hides that nobody takes what is written.
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err));
    System.exit(StockCommand.execute(terminal, System.getenv(), arguments));
  }
}
