package io.stockledger.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.FakeServer;
import io.stockledger.testing.MysqlWire;
import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks which user and password the server receives: an option wins over the environment. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ConnectionPasswordTest {
  private final BlockingQueue<MysqlWire.Login> logins = new LinkedBlockingQueue<>();
  private final FakeServer server;

  @TempDir private Path folder;

  ConnectionPasswordTest() throws IOException {
    server =
        new FakeServer(
            client -> {
              client.getOutputStream().write(MysqlWire.greeting());
              logins.add(MysqlWire.readLogin(client.getInputStream()));
              client.getOutputStream().write(MysqlWire.error(2, "Come again"));
            });
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void defaultIsRootWithoutPassword() {
    expectLogin("root", "", "", Map.of());
  }

  @Test
  void optionsWinOverTheEnvironment() throws IOException {
    Path flag = Files.writeString(folder.resolve("flag"), "from the flag\n");
    Path variable = Files.writeString(folder.resolve("variable"), "from the file");
    Map<String, String> file = Map.of("STOCK_DB_PASSWORD_FILE", variable.toString());
    Map<String, String> all = new HashMap<>(file);
    all.put("STOCK_DB_USER", "operator");
    all.put("STOCK_DB_PASSWORD", "from the environment");

    expectLogin("root", "from the file", "", file);
    expectLogin("operator", "from the environment", "", all);
    expectLogin("operator", "from the flag", "", all, "--password-file=" + flag);
    expectLogin("batch", "from the environment", "", all, "--user=batch");
    expectLogin("operator", "typed", "typed\n", all, "--password");
    // Options before the command work like options after the command.
    StockCli.Result result =
        cli(all).runWithInput("typed", "--user", "batch", "--password", "list-items");
    assertThat(result.err()).startsWith("Password of batch: stock: Can't connect");
    assertThat(logins.remove()).matches(login -> login.isWith("typed"));
  }

  @Test
  void urlOptionWinsOverTheEnvironment() {
    StockCli elsewhere =
        StockCli.inEnvironment(Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"));
    assertThat(elsewhere.run("list-items", "--url", url()).err()).contains(server.address());
    assertThat(logins).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'\n', ''",
    "'\nsecond', ''",
    "'first', 'first'",
    "'first\n', 'first'",
    "'first\r\n', 'first'",
    "'first\r\nsecond\r\n', 'first'",
    "'first\nsecond\nthird\n', 'first'",
    "' with spaces \n', ' with spaces '",
    "'純米大吟醸\n', '純米大吟醸'",
    "'''; DROP TABLE items; --', '''; DROP TABLE items; --'",
  })
  void firstLineOfThePasswordFileIsThePassword(String content, String password) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), content);
    expectLogin("root", password, "", Map.of(), "--password-file=" + file);
  }

  @Test
  void promptReadsOneLine() {
    expectLogin("root", "typed", "typed\nmore\n", Map.of(), "--password");
    expectLogin("root", "typed", "typed\r\n", Map.of(), "--password");
    expectLogin("root", " 純米 ", " 純米 \n", Map.of(), "--password");
    expectLogin("root", "", "\n", Map.of("STOCK_DB_PASSWORD", "not this"), "--password=");
  }

  @Test
  void promptShowsTheUserInPrintableCharacters() {
    StockCli.Result result = cli(Map.of()).run("list-items", "--password", "--user=\u001b[2Jx");
    assertThat(result.err())
        .isEqualTo(
            "Password of \\u001b[2Jx: \nstock: Can't connect to the database at "
                + server.address()
                + "/none as \\u001b[2Jx: Come again. Check --user and the password; stock config shows"
                + " where they come from.\n");
  }

  @Test
  void userNamesAreNotExpanded() {
    for (String user : new String[] {"@/etc/passwd", "${sys:user.name}", "%s{0}", "' OR 1=1 --"}) {
      expectLogin(user, "", "", Map.of(), "--user=" + user);
      expectLogin(user, "", "", Map.of("STOCK_DB_USER", user));
    }
  }

  private void expectLogin(
      String user,
      String password,
      String typed,
      Map<String, String> environment,
      String... options) {
    StockCli.Result result =
        cli(environment)
            .runWithInput(
                typed,
                Stream.concat(Stream.of("list-items"), Stream.of(options)).toArray(String[]::new));
    assertThat(result.status()).as("%s", result).isEqualTo(2);
    assertThat(logins).as("%s", result).hasSize(1);
    MysqlWire.Login login = logins.remove();
    assertThat(login.user()).isEqualTo(user);
    assertThat(login.isWith(password)).as("%s logs in with '%s'", user, password).isTrue();
    assertThat(result.err())
        .endsWith(
            "stock: Can't connect to the database at "
                + server.address()
                + "/none as "
                + user
                + ": Come again. Check --user and the password; stock config shows where they come"
                + " from.\n");
  }

  private StockCli cli(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("STOCK_DB_URL", url());
    return StockCli.inEnvironment(all);
  }

  private String url() {
    return "jdbc:mysql://" + server.address() + "/none";
  }
}
