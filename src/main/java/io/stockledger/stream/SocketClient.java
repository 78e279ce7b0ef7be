package io.stockledger.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client at the socket. The thread of the selector reads its lines. Its answers are written by
 * the thread that has them, without waiting; what the client does not take at once is written when
 * the selector says that it can.
 */
final class SocketClient {
  private static final int CHARACTERS_OF_A_WRITE = 16 * 1024;

  private final SocketStream stream;
  private final Service service;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Session session;
  private final AtomicBoolean isToFlush = new AtomicBoolean();
  private Optional<LineBuffer> buffer = Optional.empty();
  private volatile boolean isStalled;
  private boolean isGone;

  /** Guarded by {@link #outputLock}, as is the order of what is written. */
  private ByteBuffer output = ByteBuffer.allocate(0);

  private final Object outputLock = new Object();

  SocketClient(SocketStream stream, Service service, SocketChannel channel, SelectionKey key) {
    this.stream = stream;
    this.service = service;
    this.channel = channel;
    this.key = key;
    this.session = new Session(service, this::flushLater);
  }

  private void flushLater() {
    if (isToFlush.compareAndSet(false, true)) {
      service.passOnLater(this::flush);
    }
  }

  /** Reads once, if the client may have more under way, and takes the lines that are whole. */
  void read() {
    isStalled = false;
    boolean mayHaveMore = takeLines();
    if (session.isEnded()) {
      return;
    }
    keepInterest(SelectionKey.OP_READ, mayHaveMore);
    if (!mayHaveMore) {
      isStalled = true;
      stream.stalled(this);
      return;
    }
    LineBuffer lines = buffer.orElseGet(stream::takeBuffer);
    buffer = Optional.of(lines);
    try {
      ByteBuffer room = lines.room();
      int count = channel.read(room);
      if (count < 0) {
        lines.last().ifPresent(session::line);
        end();
      } else {
        lines.added(count);
        takeLines();
      }
    } catch (IOException e) {
      leave();
    }
    if (lines.isEmpty()) {
      stream.giveBack(lines);
      buffer = Optional.empty();
    }
    flushLater();
  }

  /**
   * Takes lines as long as the client may have more under way.
   *
   * @return whether it may still, so that no whole line is left
   */
  private boolean takeLines() {
    while (session.mayRead()) {
      Optional<LineBuffer.Line> line = buffer.flatMap(LineBuffer::next);
      if (line.isEmpty()) {
        return true;
      }
      session.line(line.get());
    }
    return false;
  }

  private void keepInterest(int operation, boolean isKept) {
    try {
      if (isKept) {
        key.interestOpsOr(operation);
      } else {
        key.interestOpsAnd(~operation);
      }
    } catch (CancelledKeyException e) {
      // The connection was closed meanwhile.
    }
  }

  /** Writes the answers that are there, as far as the client takes them. */
  void flush() {
    isToFlush.set(false);
    synchronized (outputLock) {
      try {
        while (writeOutput() && nextOutput()) {
          // The next part.
        }
      } catch (IOException e) {
        leave();
        dropAnswers();
      }
      if (session.isDone() && !output.hasRemaining()) {
        stream.done(this);
      }
    }
    if (isStalled) {
      stream.wakeUp();
    }
  }

  /** Returns whether all is written. */
  private boolean writeOutput() throws IOException {
    if (isGone) {
      output = ByteBuffer.allocate(0);
    }
    if (output.hasRemaining()) {
      channel.write(output);
    }
    boolean isWritten = !output.hasRemaining();
    keepInterest(SelectionKey.OP_WRITE, !isWritten);
    if (!isWritten) {
      stream.wakeUp();
    }
    return isWritten;
  }

  private boolean nextOutput() {
    session.passedOn();
    StringBuilder text = new StringBuilder();
    session.takeAnswers(text, CHARACTERS_OF_A_WRITE);
    output = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    return output.hasRemaining();
  }

  private void dropAnswers() {
    output = ByteBuffer.allocate(0);
    while (nextOutput()) {
      output = ByteBuffer.allocate(0);
    }
  }

  /** Reads and writes nothing more. What was read is done all the same. */
  void leave() {
    session.end();
    synchronized (outputLock) {
      isGone = true;
    }
    close();
    flushLater();
  }

  /** Reads nothing more; what was read is answered. */
  void end() {
    session.end();
    keepInterest(SelectionKey.OP_READ, false);
    flushLater();
  }

  /** Ends the connection. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The system closes it with this process.
    }
  }
}
