package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.conf.PropertyKey;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The URLs that the product passes to the driver. A refusal never repeats a value from a URL. */
class DatabaseUrlTest {
  /** A query can't change the address. */
  private static final Set<PropertyKey> OF_AN_ADDRESS =
      EnumSet.of(PropertyKey.HOST, PropertyKey.PORT);

  /** With these the parser itself fails: they ask for a name server, a class or a file. */
  private static final Set<PropertyKey> OF_THE_PARSER =
      EnumSet.of(PropertyKey.dnsSrv, PropertyKey.propertiesTransform, PropertyKey.useConfigs);

  private static final String NO_USER = "The database URL must not hold 'user'.";
  private static final String NOT_OF_THE_FORM =
      "The database URL is not of the form jdbc:mysql://host:port/database.";

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://127.0.0.1:4000/test, 127.0.0.1:4000/test",
    "jdbc:mysql://db.example/test, db.example:3306/test",
    "jdbc:mysql:///test, localhost:3306/test",
    "jdbc:mysql://[::1]:4000/test, [::1]:4000/test",
    "jdbc:mysql://a:1/test?sslMode=REQUIRED, a:1/test",
    "'jdbc:mysql://a:1,b:2/test', 'a:1,b:2/test'",
    "'jdbc:mysql://(host=a,port=1)/test', a:1/test",
    "jdbc:mysql://address=(host=a)(port=1)/test, a:1/test",
    "jdbc:mysql://a:1/test?user=&password=, a:1/test",
    "jdbc:mysql://a:1/在庫, a:1/在庫",
  })
  void namesHostsAndDatabase(String url, String name) {
    assertThat(DatabaseUrl.parse(url)).hasToString(name);
    String hosts = name.substring(0, name.indexOf('/'));
    String database = name.substring(name.indexOf('/') + 1);
    assertThat(DatabaseUrl.parse(url).hosts())
        .extracting(DatabaseUrl.Host::address)
        .containsExactly(hosts.split(","));
    assertThat(DatabaseUrl.parse(url).hosts())
        .allSatisfy(host -> assertThat(host.jdbcUrl()).endsWith("//" + host.address() + "/"))
        .allSatisfy(host -> assertThat(host.properties()).containsEntry("dbname", database));
  }

  @Test
  void returnsEachHostWithItsOwnPropertiesAndThoseOfAllHosts() {
    String url =
        "jdbc:mysql://a:1,address=(host=b)(port=2)(sslMode=DISABLED)/test?tcpNoDelay=false";
    assertThat(DatabaseUrl.parse(url).hosts())
        .extracting(DatabaseUrl.Host::properties)
        .satisfiesExactly(
            first ->
                assertThat(first).containsEntry("tcpNoDelay", "false").doesNotContainKey("sslMode"),
            second ->
                assertThat(second)
                    .containsEntry("tcpNoDelay", "false")
                    .containsEntry("sslMode", "DISABLED"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://:secret@a:1/test",
        "jdbc:mysql://a:1/test?password=secret",
        "jdbc:mysql://a:1/test?PASSWORD=secret",
        "jdbc:mysql://a:1/test?PassWord=secret",
        "jdbc:mysql://a:1/test?pass%77ord=secret",
        "jdbc:mysql://a:1/test?%70%61%73%73%77%6f%72%64=secret",
        "jdbc:mysql://a:1/test?sslMode=DISABLED&password=secret",
        // Here the unknown property is a part of a password that contains an ampersand.
        "jdbc:mysql://a:1/test?password=se&cret=1",
        "jdbc:mysql://a:1/test?cret=1&password=se",
        "jdbc:mysql://address=(host=a)(port=1)(password=secret)/test",
        "jdbc:mysql://address=(host=a)(port=1)(PassWord=secret)/test",
        "jdbc:mysql://(host=a,port=1,password=secret)/test",
        "jdbc:mysql://(host=a,port=1,PASSWORD=secret)/test",
        "jdbc:mysql://a:1,(host=b,port=2,password=secret)/test",
        "jdbc:mysql://a:1,address=(host=b)(password=secret)/test",
        "jdbc:mysql://[(host=a),(host=b,password=secret)]/test",
      })
  void passwordIsRefusedInEveryFormThatTheDriverKnows(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The database URL must not hold 'password'.");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://a:1/test?password1=secret, password1",
    "jdbc:mysql://a:1/test?password2=secret, password2",
    "jdbc:mysql://a:1/test?passwor%643=secret, password3",
    "'jdbc:mysql://a:1,(host=b,password1=secret)/test', password1",
  })
  void passwordOfAnotherFactorIsRefused(String url, String property) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .hasMessage("The database URL must not hold '" + property + "'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://root@a:1/test",
        "jdbc:mysql://root:@a:1/test",
        "jdbc:mysql://root:secret@a:1/test",
        "jdbc:mysql://r%6fot:s%65cret@a:1/test",
        "jdbc:mysql://a:1,root:secret@b:2/test",
        "jdbc:mysql://root:secret@(host=a,port=1)/test",
        "jdbc:mysql://root:secret@[a:1,b:2]/test",
        "jdbc:mysql://a:1/test?user=root",
        "jdbc:mysql://(host=a,user=root,password=secret)/test",
      })
  void userIsRefused(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url)).hasMessage(NO_USER);
  }

  /**
   * URLs whose password contains a character that makes a parser read the password as something
   * else.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://root:sec/ret@a:1/test",
        "jdbc:mysql://root:12/ret@a:1/test",
        "jdbc:mysql://root:12/ret@a:1",
        "jdbc:mysql://root:sec?ret@a:1/test",
        "jdbc:mysql://root:sec#ret@a:1/test",
        "jdbc:mysql://root:12/test#ret@a:1/test",
        "jdbc:mysql://root:se:cr@et@a:1/test",
        "jdbc:mysql://root%3Asecret%40a/test",
        "jdbc:mysql://root:secret/test",
        "jdbc:mysql://a b/test",
        "jdbc:mysql://a\u001b[31m/test",
        "jdbc:mysql://a:b:c/test",
        "jdbc:mysql://(host=a/test",
        "jdbc:mysql://a:1/te/st",
        "jdbc:mysql://a:1/test?=secret",
        "jdbc:mysql://a:1/test?propertiesTransform=secret",
        "jdbc:mysql://a:1/test?useConfigs=secret",
      })
  void unreadableUrlIsRefusedWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(NOT_OF_THE_FORM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "garbage",
        "secret",
        "jdbc:mysql:",
        "jdbc:mysql:/a/test",
        " jdbc:mysql://a/test",
        "JDBC:MYSQL://a/test",
        "mysql://root:secret@a/test",
        "jdbc:mariadb://a/test",
        "jdbc:mysql:loadbalance://a,b/test",
        "jdbc:mysql:replication://a,b/test",
        "jdbc:mysql+srv://a/test",
        "jdbc:mysql+srv:loadbalance://a/test",
        "mysqlx://a/test",
        "mysqlx+srv://a/test",
        "jdbc:tidb://a/test",
      })
  void otherSchemesAreRefused(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .hasMessage("The database URL must begin with jdbc:mysql://.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://",
        "jdbc:mysql:///",
        "jdbc:mysql://a",
        "jdbc:mysql://a:1",
        "jdbc:mysql://a:1/"
      })
  void databaseMustBeNamed(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .hasMessage("The database URL names no database: jdbc:mysql://host:port/database.");
  }

  @ParameterizedTest
  @CsvSource({
    "useSLL=true, ': useSLL'",
    "username=root, ': username'",
    "pasword=secret, ': pasword'",
    "sec%0aret=1, ''",
    "sec%1bret=1, ''",
    "PASSWORD1=secret, ': PASSWORD1'",
  })
  void unknownPropertyIsNamedIfItIsAPossibleName(String query, String named) {
    assertThatThrownBy(() -> DatabaseUrl.parse("jdbc:mysql://a:1/test?" + query))
        .hasMessage("The database URL has a property that the driver does not know" + named + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "sslMode=secret, sslMode",
    "tcpRcvBuf=many, tcpRcvBuf",
    "tcpNoDelay=maybe, tcpNoDelay",
    "sslMode=, sslMode",
    "useCompression, useCompression",
  })
  void valueThatTheDriverRejectsIsRefused(String query, String property) {
    assertThatThrownBy(() -> DatabaseUrl.parse("jdbc:mysql://a:1/test?" + query))
        .hasMessage(
            "The database URL's property '"
                + property
                + "' has a value that the driver does not take.");
  }

  /** All properties of the driver: each is in the list of those that a URL may hold, or refused. */
  @ParameterizedTest
  @EnumSource(PropertyKey.class)
  void everyPropertyOfTheDriverIsAllowedOrRefusedByItsName(PropertyKey key) {
    String name = key.getKeyName();
    String url = "jdbc:mysql://a:1/test?" + name + "=1";
    if (OF_AN_ADDRESS.contains(key)) {
      assertThat(DatabaseUrl.parse(url)).hasToString("a:1/test");
      assertThat(DatabaseUrl.parse(url).hosts().get(0).properties())
          .containsExactly(Map.entry("dbname", "test"));
    } else if (key == PropertyKey.DBNAME) {
      assertThat(DatabaseUrl.parse(url)).hasToString("a:1/1");
    } else if (OF_THE_PARSER.contains(key)) {
      assertThatThrownBy(() -> DatabaseUrl.parse(url)).hasMessage(NOT_OF_THE_FORM);
    } else if (!DatabaseUrl.allowedProperties().contains(name)) {
      assertThatThrownBy(() -> DatabaseUrl.parse(url))
          .isInstanceOfSatisfying(
              RefusedPropertyException.class,
              refused -> assertThat(refused.property()).isEqualTo(name));
    }
  }

  @Test
  void everyAllowedPropertyIsOneOfTheDriver() {
    assertThat(DatabaseUrl.allowedProperties())
        .allSatisfy(name -> assertThat(PropertyKey.fromValue(name)).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_536, 99_999_999})
  void portOutOfRangeIsRefused(int port) {
    assertThatThrownBy(() -> DatabaseUrl.parse("jdbc:mysql://a:" + port + "/test"))
        .hasMessage("The database URL's port is not from 1 to 65535.");
  }

  @Test
  void urlOfAMegabyteIsRefusedWithAShortMessage() {
    String word = "x".repeat(1_000_000);
    for (String url :
        new String[] {
          word,
          "jdbc:mysql://" + word,
          "jdbc:mysql://" + word + "/test",
          "jdbc:mysql://a:" + "1".repeat(1_000_000) + "/test",
          "jdbc:mysql://a:1/" + word,
          "jdbc:mysql://a:1/test?" + word + "=1",
          "jdbc:mysql://a:1/test?sslMode=" + word,
        }) {
      assertThatThrownBy(() -> DatabaseUrl.parse(url))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(200));
    }
  }

  @Test
  void keyStorePasswordIsFound() {
    assertThat(
            DatabaseUrl.parse("jdbc:mysql://a:1/test?trustCertificateKeyStorePassword=secret")
                .keyStorePassword())
        .hasValue("trustCertificateKeyStorePassword");
    assertThat(DatabaseUrl.parse("jdbc:mysql://a:1/test?sslMode=REQUIRED").keyStorePassword())
        .isEmpty();
  }
}
