package io.stockledger.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ctrl-C while a command of a shell reads lines from the keyboard. */
@Timeout(60)
class CommandInterruptTest {
  private final CommandInterrupt interrupt = new CommandInterrupt(() -> {});

  /** Between two lines no read is there that the signal could end. */
  @Test
  void aReadAfterCtrlCIsNotBegun() {
    interrupt.during(
        () -> {
          interrupt.request();
          assertThatThrownBy(() -> interrupt.reading(() -> "a line"))
              .isInstanceOf(InterruptedIOException.class);
          return 0;
        });
  }

  @Test
  void ctrlCEndsAReadThatWaits() {
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Boolean> isFlagLeft =
        CompletableFuture.supplyAsync(
            () -> {
              interrupt.during(() -> read(waits));
              return Thread.currentThread().isInterrupted();
            });
    assertThat(waits).satisfies(CountDownLatch::await);
    interrupt.request();
    assertThat(isFlagLeft.join()).isFalse();
  }

  private int read(CountDownLatch waits) {
    try {
      return interrupt.reading(
          () -> {
            waits.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return 0;
          });
    } catch (InterruptedIOException e) {
      return 1;
    }
  }

  @Test
  void theNextCommandReadsAgain() {
    interrupt.during(
        () -> {
          interrupt.request();
          return 0;
        });
    assertThat(interrupt.during(() -> read("a line"))).isZero();
  }

  private int read(String line) {
    try {
      assertThat(interrupt.reading(() -> line)).isEqualTo(line);
      return 0;
    } catch (InterruptedIOException e) {
      return 1;
    }
  }
}
