package io.stockledger.cli.command;

import io.stockledger.db.Database;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

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

  /** The thread that waits for a line from the keyboard; null if none does. */
  private Thread reader;

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

  /**
   * Reads a line from the keyboard for the running command. Ctrl-C ends the read, also one that was
   * pressed just before it began.
   *
   * @param read throws an exception of its own if its thread is interrupted
   * @throws InterruptedIOException if Ctrl-C was pressed before
   */
  public <T> T reading(Supplier<T> read) throws InterruptedIOException {
    synchronized (this) {
      if (isRequested) {
        throw new InterruptedIOException("Ctrl-C was pressed");
      }
      reader = Thread.currentThread();
    }
    try {
      return read.get();
    } finally {
      synchronized (this) {
        reader = null;
      }
      // An interruption that came when the line was read already is not meant for what follows.
      Thread.interrupted();
    }
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
      interruptReader();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN_ROUNDS));
    }
  }

  private synchronized void interruptReader() {
    if (reader != null) {
      reader.interrupt();
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
