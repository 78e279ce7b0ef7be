package io.stockledger.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Messages that are kept until it is known that a person should read them. For one thread. */
public final class HeldMessages implements Consumer<String> {
  private final Consumer<String> receiver;
  private final List<String> held = new ArrayList<>();
  private boolean isReleased;

  public HeldMessages(Consumer<String> receiver) {
    this.receiver = receiver;
  }

  @Override
  public void accept(String message) {
    if (isReleased) {
      receiver.accept(message);
    } else {
      held.add(message);
    }
  }

  /** Passes on what was kept, and from now on each message at once. */
  public void release() {
    isReleased = true;
    held.forEach(receiver);
    held.clear();
  }
}
