package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.faults.ServerVariables.Case;
import io.stockledger.faults.SettingsBattery.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No session variable of the server changes an answer: each one that the server lists is given
 * other values as the default of every session, and a battery of commands must answer and write as
 * before, or fail with a clear error and nothing changed.
 *
 * <p>By default a sample by seed is tried, and all values of the variables that once changed an
 * answer. {@code -Dstock.test.allVariables=true} tries all values of all variables, and writes
 * {@code target/session-variables.txt}: what each did.
 */
class SessionVariablesIT {
  private static final int SAMPLE = 25;

  /** The variables on whose values the meaning of a statement rests. */
  private static final Set<String> KNOWN =
      Set.of(
          "autocommit",
          "completion_type",
          "sql_select_limit",
          "unique_checks",
          "max_error_count",
          "default_storage_engine",
          "use_secondary_engine",
          "timestamp",
          "time_zone",
          "tidb_snapshot",
          "tidb_read_staleness",
          "tidb_enable_cascades_planner",
          "tidb_batch_insert");

  @TempDir private Path folder;

  private final List<String> report = new ArrayList<>();

  @Test
  void noSessionVariableChangesAnAnswer() throws Exception {
    boolean isAll = Boolean.getBoolean("stock.test.allVariables");
    long seed = Long.getLong("stock.test.seed", System.nanoTime() & 0xffffffffffL);
    System.out.println("SessionVariablesIT: -Dstock.test.seed=" + seed);
    try (ServerWithUsers server = ServerWithUsers.start()) {
      SettingsBattery battery = new SettingsBattery(server, folder);
      List<Step> expected = battery.run(Optional.empty(), "");
      assertThat(expected).noneMatch(SessionVariablesIT::failed);
      // The battery itself answers the same each time.
      assertThat(battery.run(Optional.of(expected), "")).isEqualTo(expected);
      ServerVariables variables = new ServerVariables(server);
      List<Case> cases = variables.cases();
      List<String> wrong = new ArrayList<>();
      for (Case tried : isAll ? cases : sample(cases, new Random(seed))) {
        outcome(server, variables, battery, tried, expected)
            .ifPresent(difference -> wrong.add(tried.assignment() + ": " + difference));
      }
      if (isAll) {
        Files.write(Path.of("target", "session-variables.txt"), report);
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static List<Case> sample(List<Case> cases, Random random) {
    List<Case> others =
        new ArrayList<>(cases.stream().filter(other -> !KNOWN.contains(other.variable())).toList());
    Collections.shuffle(others, random);
    List<Case> sample =
        new ArrayList<>(cases.stream().filter(known -> KNOWN.contains(known.variable())).toList());
    sample.addAll(others.subList(0, Math.min(SAMPLE, others.size())));
    return sample;
  }

  /** Returns what is wrong with the answers if sessions begin with the value. */
  private Optional<String> outcome(
      ServerWithUsers server,
      ServerVariables variables,
      SettingsBattery battery,
      Case tried,
      List<Step> expected)
      throws IOException, SQLException {
    Optional<String> global = begin(server, tried);
    List<Step> steps;
    try {
      steps = battery.run(Optional.of(expected), "");
    } finally {
      end(server, variables, tried, global);
    }
    Step last = steps.get(steps.size() - 1);
    Step wanted = expected.get(steps.size() - 1);
    if (last.isAs(wanted)) {
      report.add(tried.assignment() + "\tsame answers");
      return Optional.empty();
    }
    // An error is right if the ledger is as it was before the step.
    List<String> before = steps.size() == 1 ? List.of() : expected.get(steps.size() - 2).rows();
    // Only an import may have done a part, and says so: it goes on where it was stopped.
    boolean isAsItSays =
        last.rows().equals(before)
            || (last.command().startsWith("import")
                && last.answer().err().contains("A part of the file may be imported"));
    boolean isClearError = failed(last) && !last.answer().err().isBlank() && isAsItSays;
    report.add(
        tried.assignment()
            + "\t"
            + (isClearError ? "error" : "WRONG")
            + "\t"
            + last.command()
            + "\t"
            + last.answer().toString().replace("\n", "\\n"));
    return isClearError
        ? Optional.empty()
        : Optional.of("%n  %s%n  instead of%n  %s".formatted(last, wanted));
  }

  private static boolean failed(Step step) {
    return Set.of(1, 2, 5).contains(step.answer().status());
  }

  /** Makes the value the first of every session, and returns the default to restore. */
  private static Optional<String> begin(ServerWithUsers server, Case tried) throws SQLException {
    if (!tried.isGlobal()) {
      server.execute(
          "SET GLOBAL init_connect = 'SET SESSION " + tried.assignment().replace("'", "''") + "'");
      return Optional.empty();
    }
    try (Connection connection = server.newRoot();
        java.sql.Statement statement = connection.createStatement();
        java.sql.ResultSet rows = statement.executeQuery("SELECT @@GLOBAL." + tried.variable())) {
      rows.next();
      String before = Objects.requireNonNullElse(rows.getString(1), "NULL");
      server.execute("SET GLOBAL " + tried.assignment());
      return Optional.of(before);
    }
  }

  private static void end(
      ServerWithUsers server, ServerVariables variables, Case tried, Optional<String> global) {
    if (global.isPresent()) {
      variables.restore(tried.variable(), global.get());
    } else {
      server.execute("SET GLOBAL init_connect = ''");
    }
  }
}
