package io.stockledger.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Tests that need another kind of server are left out, and the report says how many and why. */
class RunsOnIT {
  private static final List<String> DONE = new CopyOnWriteArrayList<>();

  static class ForOneKindOrTheOther {
    @Test
    @RunsOn(
        value = {Server.MARIADB, Server.MYSQL},
        reason = "one of them")
    void onMariadb() {
      DONE.add("onMariadb");
    }

    @Test
    @RunsOn(
        value = {Server.TIDB, Server.TIDB_WITH_TIFLASH, Server.TIDB_WITH_MOCK_TIFLASH},
        reason = "one of them")
    void onTidb() {
      DONE.add("onTidb");
    }
  }

  @RunsOn(
      value = {},
      reason = "no server has it")
  static class ForNone {
    @Test
    void first() {
      DONE.add("first");
    }

    @Test
    void second() {
      DONE.add("second");
    }
  }

  @Test
  void reportCountsTheLeftOutTestsByReason() {
    DONE.clear();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(ForOneKindOrTheOther.class), selectClass(ForNone.class))
                .build(),
            new LeftOutReport(new PrintStream(out, true, UTF_8)));
    assertThat(DONE).containsExactly(Server.current().isTidb() ? "onTidb" : "onMariadb");
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "Left out on %s: 3 test methods: 2 (no server has it), 1 (one of them).%n"
                .formatted(Server.current()));
  }
}
