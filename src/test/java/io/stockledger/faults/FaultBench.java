package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;

/**
 * One ledger, and commands that reach it through a proxy. Each command under test moves an item of
 * its own with a request id of its own, so that what one fault did stays apart from the next.
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

  /** A bench on a ledger that is set up. */
  static FaultBench onLedger() {
    FaultBench bench = onEmptySchema();
    assertThat(bench.direct.line("setup-db").status()).isZero();
    return bench;
  }

  /** A bench on a schema without tables. */
  static FaultBench onEmptySchema() {
    return new FaultBench(TestDatabase.server().newSchema());
  }

  FaultProxy proxy() {
    return proxy;
  }

  String schema() {
    return schema;
  }

  /** Past the proxy. */
  StockCli direct() {
    return direct;
  }

  /** Through the proxy, with no more patience than a test has. */
  StockCli.Result throughProxy(String commandLine) {
    return proxied.line(commandLine + " --retry-timeout 5 --statement-timeout 10");
  }

  /** The same when every try is to fail. */
  StockCli.Result throughProxyImpatiently(String commandLine) {
    return proxied.line(commandLine + " --retry-timeout 1 --statement-timeout 10");
  }

  /** A new item with that stock. */
  long newItem(long stock) {
    long itemId = ++lastItem;
    assertDone("add-item --item-id " + itemId + " --item-code C" + itemId + " --name Item");
    if (stock > 0) {
      assertDone("add-stock --item-id " + itemId + " --quantity " + stock + " --date " + DAY);
    }
    return itemId;
  }

  /** Runs a command past the proxy that must succeed. */
  void assertDone(String commandLine) {
    StockCli.Result result = direct.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }

  /** The moves of a request that stand in the ledger. */
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
