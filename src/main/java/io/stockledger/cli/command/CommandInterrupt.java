package io.stockledger.cli.command;

import io.stockledger.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * What Ctrl-C at the prompt of a shell does while a command runs: the first one ends the command,
 * whose cleanup takes place; one more ends the process, as outside of a shell.
 */
public final class CommandInterrupt {
  /** A statement that begins between two rounds is stopped by the next one. */
  private static final long MILLIS_BETWEEN_ROUNDS = 100;

  /** For commands that nothing interrupts. */
  public static final CommandInterrupt NONE = new CommandInterrupt(() -> {});

  private final List<Database> databases = new ArrayList<>();
  private final Runnable endOfProcess;
  private boolean isRunning;
  private boolean isRequested;

  /**
   * Makes it for a shell in which no command runs.
   *
   * @param endOfProcess ends the process
   */
  public CommandInterrupt(Runnable endOfProcess) {
    this.endOfProcess = endOfProcess;
  }

  /** Runs a command and returns its exit status. */
  public int during(IntSupplier command) {
    begin();
    try {
      return command.getAsInt();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    isRunning = true;
    isRequested = false;
  }

  private synchronized void end() {
    isRunning = false;
    databases.clear();
  }

  /** Takes note of a database that the running command has opened. */
  synchronized void opened(Database database) {
    databases.add(database);
  }

  /** Ctrl-C was pressed. Returns at once. */
  public void request() {
    if (isFirst()) {
      Thread thread = new Thread(this::interruptUntilTheEnd, "interrupt");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private boolean isFirst() {
    boolean isSecond;
    synchronized (this) {
      if (!isRunning) {
        return false;
      }
      isSecond = isRequested;
      isRequested = true;
    }
    if (isSecond) {
      endOfProcess.run();
    }
    return !isSecond;
  }

  private void interruptUntilTheEnd() {
    for (List<Database> open = open(); !isEnded(); open = open()) {
      open.forEach(Database::interrupt);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN_ROUNDS));
    }
  }

  private synchronized List<Database> open() {
    return List.copyOf(databases);
  }

  /** Whether the command that was told to stop has ended; another one may run already. */
  private synchronized boolean isEnded() {
    return !isRunning || !isRequested;
  }
}
