package io.stockledger.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The stream of one client: requests on stdin, answers on stdout. */
public final class PipeStream {
  private static final int CHARACTERS_OF_A_WRITE = 64 * 1024;

  private final InputStream in;
  private final Writer out;
  private final BooleanSupplier isOutputLost;
  private final Service service;
  private final Session session;
  private volatile Optional<IOException> lostInput = Optional.empty();

  /**
   * Makes a stream that has read nothing yet.
   *
   * @param out never fails
   * @param isOutputLost whether nobody reads the answers any more
   */
  public PipeStream(InputStream in, Writer out, BooleanSupplier isOutputLost, Service service) {
    this.in = in;
    this.out = out;
    this.isOutputLost = isOutputLost;
    this.service = service;
    this.session = new Session(service, this::wakeWriterLater);
  }

  private void wakeWriterLater() {
    service.passOnLater(() -> wakeWriter());
  }

  private void wakeWriter() {
    session.wake();
  }

  /** Reads nothing more, from any thread. What was read is answered. */
  public void stop() {
    session.end();
  }

  /**
   * Answers all lines up to the end of the input.
   *
   * @throws UncheckedIOException if the input can't be read any further; what was read is answered
   */
  public void run() {
    service.statistics().clientCame();
    Thread reader = new Thread(this::read, "stream-reader");
    reader.setDaemon(true);
    reader.start();
    try {
      write();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lostInput.ifPresent(
        error -> {
          throw new UncheckedIOException(error);
        });
  }

  private void read() {
    try {
      LineBuffer buffer = new LineBuffer();
      while (awaitRoom()) {
        Optional<LineBuffer.Line> line = buffer.next();
        if (line.isPresent()) {
          take(line.get());
          continue;
        }
        ByteBuffer room = buffer.room();
        int count = in.read(room.array(), room.arrayOffset() + room.position(), room.remaining());
        if (count < 0) {
          buffer.last().ifPresent(this::take);
          break;
        }
        buffer.added(count);
      }
    } catch (IOException e) {
      lostInput = Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      session.end();
      service.passOn();
    }
  }

  private boolean awaitRoom() throws InterruptedException {
    // A faulty line has its answer already, and no thread of the ledger passes it on.
    service.passOn();
    return session.awaitRoom();
  }

  private void take(LineBuffer.Line line) {
    session.line(line);
  }

  private void write() throws InterruptedException {
    StringBuilder text = new StringBuilder();
    while (session.awaitAnswers()) {
      text.setLength(0);
      session.takeAnswers(text, CHARACTERS_OF_A_WRITE);
      try {
        out.append(text);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      session.passedOn();
      if (isOutputLost.getAsBoolean()) {
        session.end();
      }
    }
  }
}
