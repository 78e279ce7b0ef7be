package io.stockledger.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MySQL's own log-in of a user with {@code caching_sha2_password}. */
@RunsOn(value = Server.MYSQL, reason = "only MySQL has keys for caching_sha2_password")
class KeyRetrievalIT {
  private final String url = TestDatabase.server().newSchema();
  private final String user = url.replaceFirst(".*/", "u_");

  @BeforeEach
  void makeUser() {
    TestDatabase.server()
        .execute(
            url,
            "CREATE USER %s IDENTIFIED WITH caching_sha2_password BY 'secret'".formatted(user),
            "GRANT ALL ON %s.* TO %s".formatted(url.replaceFirst(".*/", ""), user));
  }

  @AfterEach
  void dropUser() {
    TestDatabase.server().execute(url, "DROP USER " + user);
  }

  @Test
  void aPasswordPassesByTlsOrByTheKeyThatIsAskedFor() {
    StockCli.Result refused = status("?sslMode=DISABLED");
    assertThat(refused.status()).as("%s", refused).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            " as "
                + user
                + ": Public Key Retrieval is not allowed. Add sslMode=REQUIRED to --url, or"
                + " allowPublicKeyRetrieval=true if nobody can come between: docs/operating.md.\n");
    for (String query :
        new String[] {
          "?sslMode=DISABLED&allowPublicKeyRetrieval=true", "?sslMode=REQUIRED", "?sslMode=DISABLED"
        }) {
      StockCli.Result result = status(query);
      // The last one: the server remembers the user now.
      assertThat(result.err()).as(query).isEmpty();
    }
  }

  private StockCli.Result status(String query) {
    return StockCli.inEnvironment(
            Map.of(
                "STOCK_DB_URL", url + query, "STOCK_DB_USER", user, "STOCK_DB_PASSWORD", "secret"))
        .line("status");
  }
}
