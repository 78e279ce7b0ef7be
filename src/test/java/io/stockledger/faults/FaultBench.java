package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Match;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/**
 * A test bench: a ledger, and commands that reach it through a proxy. Each command under test has
 * its own item and its own request id, so that the effect of one fault cannot hide that of another.
 */
final class FaultBench implements AutoCloseable {
  static final String DAY = "2025-09-19";

  private final String schema;
  private final FaultProxy proxy;
  private final StockCli direct;
  private final StockCli proxied;
  private long lastItem = 1_000;

  private FaultBench(String schema) {
    this.schema = schema;
    this.proxy = FaultProxy.startBefore(schema);
    this.direct = new StockCli(schema);
    this.proxied = new StockCli(proxy.url(schema));
  }

  /** Creates a bench on a ledger that is set up. */
  static FaultBench onLedger() {
    FaultBench bench = onEmptySchema();
    assertThat(bench.direct.line("setup-db").status()).isZero();
    return bench;
  }

  /** Creates a bench on a schema without tables. */
  static FaultBench onEmptySchema() {
    return new FaultBench(TestDatabase.server().newSchema());
  }

  FaultProxy proxy() {
    return proxy;
  }

  String schema() {
    return schema;
  }

  /** Returns a runner of commands that do not use the proxy. */
  StockCli direct() {
    return direct;
  }

  /** Runs a command through the proxy, with timeouts that are short enough for a test. */
  StockCli.Result throughProxy(String commandLine) {
    return proxied.line(commandLine + " --retry-timeout 5 --statement-timeout 10");
  }

  /** Runs a stream of lines through the proxy, with timeouts that are short enough for a test. */
  StockCli.Result streamThroughProxy(String lines, String... words) {
    List<String> all = new ArrayList<>(List.of("stream", "--statement-timeout", "10"));
    all.addAll(List.of(words));
    return proxied.runWithInput(lines, all.toArray(String[]::new));
  }

  /**
   * Runs a command through the proxy with a retry timeout that a statement on many rows keeps on
   * the slowest machine, for tests in which the command must get through.
   */
  StockCli.Result throughProxyPatiently(String commandLine) {
    return proxied.line(commandLine + " --retry-timeout 120 --statement-timeout 60");
  }

  /**
   * Runs a command through the proxy with a retry timeout of one second, for tests in which every
   * try fails.
   */
  StockCli.Result throughProxyImpatiently(String commandLine) {
    return proxied.line(commandLine + " --retry-timeout 1 --statement-timeout 10");
  }

  /** Adds an item with this stock and returns its id. */
  long newItem(long stock) {
    long itemId = ++lastItem;
    assertDone("add-item --item-id " + itemId + " --item-code C" + itemId + " --name Item");
    if (stock > 0) {
      assertDone("add-stock --item-id " + itemId + " --quantity " + stock + " --date " + DAY);
    }
    return itemId;
  }

  /** Runs a command without the proxy right before the next statement of a kind. */
  void before(String statement, String commandLine) {
    proxy
        .when(Match.statement(statement))
        .once()
        .then(
            exchange -> {
              assertDone(commandLine);
              Actions.pass().apply(exchange);
            });
  }

  /** Runs a command without the proxy and asserts that it succeeds. */
  void assertDone(String commandLine) {
    StockCli.Result result = direct.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }

  /** Returns the stored moves of a request. */
  List<LedgerInvariants.Row> movesOf(String requestId) {
    return LedgerInvariants.moves(schema).stream()
        .filter(move -> move.requestId().equals(requestId))
        .toList();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
