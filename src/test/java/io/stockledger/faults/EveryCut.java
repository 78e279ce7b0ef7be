package io.stockledger.faults;

import static io.stockledger.proxy.Match.point;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.testing.StockCli;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The connection of a command is cut at each of its points, in three ways. */
final class EveryCut {
  private EveryCut() {}

  /**
   * One run of a command, on something that was made for it.
   *
   * @param nothingDone asserts that the command has changed nothing
   * @param done asserts that the command has done its work once, and said so
   */
  record Run(String commandLine, Runnable nothingDone, Consumer<StockCli.Result> done) {}

  /**
   * Runs a command once whole, to learn its points, and then with each cut. A command that could
   * not reach the database any more is run again.
   */
  static void of(FaultBench bench, Supplier<Run> newRun) {
    Run whole = newRun.get();
    bench.proxy().resetPoints();
    whole.done().accept(bench.throughProxy(whole.commandLine()));
    bench.proxy().awaitNoConnection();
    long points = bench.proxy().points();
    assertThat(points).isGreaterThan(2);
    for (long point = 1; point <= points; point++) {
      for (Action cut :
          List.of(
              Actions.cutBeforeExecution(Cut.RESET),
              Actions.cutBeforeAnswer(Cut.RESET),
              Actions.cutInAnswer(Cut.FIN))) {
        Run run = newRun.get();
        bench.proxy().resetPoints();
        bench.proxy().when(point(point)).once().then(cut);
        StockCli.Result result = bench.throughProxy(run.commandLine());
        bench.proxy().awaitNoConnection();
        bench.proxy().clearRules();
        if (result.status() == 5) {
          run.nothingDone().run();
          result = bench.throughProxy(run.commandLine());
        }
        run.done().accept(result);
      }
    }
  }
}
