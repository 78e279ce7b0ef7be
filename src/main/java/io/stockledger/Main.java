package io.stockledger;

/** Starts the {@code stock} command. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(0);
  }
}
