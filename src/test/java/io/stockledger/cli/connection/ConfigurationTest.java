package io.stockledger.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks where the values of the connection come from, and which files are refused. */
class ConfigurationTest {
  @TempDir private Path folder;

  private Path here;
  private Path foldersFile;
  private Path usersFile;

  @BeforeEach
  void makeFolders() throws IOException {
    // Without links, as the command shows its paths.
    Path root = folder.toRealPath();
    here = Files.createDirectories(root.resolve("shop"));
    foldersFile = here.resolve(".stock.properties");
    usersFile =
        Files.createDirectories(root.resolve("home/.config/stock")).resolve("config.properties");
  }

  @Test
  void defaultsAreShownAsDefaults() {
    assertThat(config(Map.of()))
        .isEqualTo(
            shown(
                "profile\t(none)\tdefault",
                "url\tjdbc:mysql://127.0.0.1:4000/test\tdefault",
                "user\troot\tdefault",
                "password\t(none)\tdefault",
                "connect_timeout\t10\tdefault",
                "statement_timeout\t60, or 900 for many moves at once\tdefault",
                "retry_timeout\t30\tdefault",
                "file\t" + foldersFile + "\tnot there",
                "file\t" + usersFile + "\tnot there"));
  }

  @Test
  void optionThenEnvironmentThenFolderThenHome() throws IOException {
    write(foldersFile, "user=of-folder", "connect_timeout=4", "retry_timeout=5");
    write(
        usersFile,
        "# The database of the shop.",
        "url = jdbc:mysql://db.example.com:4000/stock?sslMode=VERIFY_IDENTITY",
        "user=of-home",
        "password=secret",
        "connect_timeout=6",
        "statement_timeout=7",
        "retry_timeout=8");
    protect(usersFile);
    assertThat(
            config(
                Map.of("STOCK_DB_USER", "of-environment", "STOCK_DB_CONNECT_TIMEOUT", "3"),
                "--connect-timeout=2"))
        .isEqualTo(
            shown(
                "profile\t(none)\tdefault",
                "url\tjdbc:mysql://db.example.com:4000/stock?sslMode=VERIFY_IDENTITY\t"
                    + usersFile
                    + ", line 2",
                "user\tof-environment\tSTOCK_DB_USER",
                "password\t(hidden)\t" + usersFile + ", line 4",
                "connect_timeout\t2\t--connect-timeout",
                "statement_timeout\t7\t" + usersFile + ", line 6",
                "retry_timeout\t5\t" + foldersFile + ", line 3",
                "file\t" + foldersFile + "\tread",
                "file\t" + usersFile + "\tread"));
  }

  @Test
  void keysOfTheProfileHavePriorityOverPlainKeysOfEveryFile() throws IOException {
    write(foldersFile, "user=plain", "url=jdbc:mysql://test.example.com/stock");
    write(usersFile, "prod.user=shop", "prod.url=jdbc:mysql://prod.example.com/stock");
    for (StockCli.Result result :
        new StockCli.Result[] {
          config(Map.of(), "--profile=prod"),
          config(Map.of("STOCK_PROFILE", "prod")),
          config(Map.of("STOCK_PROFILE", "other"), "--profile", "prod")
        }) {
      assertThat(result.out())
          .contains("profile\tprod\t")
          .contains("url\tjdbc:mysql://prod.example.com:3306/stock\t" + usersFile + ", line 2\n")
          .contains("user\tshop\t" + usersFile + ", line 1\n");
    }
    assertThat(config(Map.of("STOCK_PROFILE", "")).out()).contains("user\tplain\t");
  }

  @Test
  void profileThatNoFileNamesIsRefused() throws IOException {
    write(foldersFile, "prod.user=shop", "test.user=tester");
    expectRefusal(
        "No configuration file names the profile 'prdo' of --profile. Did you mean prod? Looked"
            + " for: '"
            + foldersFile
            + "', '"
            + usersFile
            + "'.",
        Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"),
        "--profile=prdo");
    expectRefusal(
        "The profile of STOCK_PROFILE is not 1 to 64 of the letters A-Z, a-z, 0-9, _, -.",
        Map.of("STOCK_PROFILE", "../x"));
  }

  @Test
  void passwordIsNeverShown() throws IOException {
    write(foldersFile, "password=secret");
    protect(foldersFile);
    assertThat(config(Map.of()).out()).contains("password\t(hidden)\t" + foldersFile + ", line 1");
    assertThat(config(Map.of("STOCK_DB_PASSWORD", "secret")).toString())
        .contains("password\t(hidden)\tSTOCK_DB_PASSWORD")
        .doesNotContain("secret");
    assertThat(config(Map.of(), "--password").out()).contains("password\t(asked for)\t--password");
    assertThat(
            config(
                    Map.of(
                        "STOCK_DB_URL",
                        "jdbc:mysql://h/d?trustCertificateKeyStorePassword=secret&sslMode=REQUIRED"))
                .toString())
        .contains(
            "jdbc:mysql://h:3306/d?sslMode=REQUIRED&trustCertificateKeyStorePassword=(hidden)\t")
        .doesNotContain("secret");
  }

  @Test
  void passwordFileIsBesideTheFileThatNamesIt() throws IOException {
    write(usersFile, "password_file=password");
    assertThat(config(Map.of()).out())
        .contains(
            "password_file\t" + usersFile.resolveSibling("password") + "\t" + usersFile + ", line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw----rw-"})
  void fileWithAPasswordThatOthersCanReadIsRefused(String permissions) throws IOException {
    write(usersFile, "prod.password=secret");
    setPermissions(usersFile, permissions);
    StockCli.Result result = config(Map.of());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).doesNotContain("secret").contains("Run: chmod ");
    if (!permissions.equals("rw----rw-")) {
      assertThat(result.err())
          .isEqualTo(
              refusal(
                  "The configuration file '%s' holds a password, and others have access to it."
                          .formatted(usersFile)
                      + " Run: chmod 600 '%s'".formatted(usersFile)));
    }
  }

  @Test
  void fileWithoutAPasswordMayBeReadByOthersButNotChanged() throws IOException {
    write(foldersFile, "user=shop");
    setPermissions(foldersFile, "rw-rw-r--");
    assertThat(config(Map.of()).status()).isZero();
    setPermissions(foldersFile, "rw-rw-rw-");
    expectRefusal(
        "Everyone can change the configuration file '%s'. Run: chmod o-w '%s'"
            .formatted(foldersFile, foldersFile),
        Map.of());
  }

  /** Only the superuser can make a file that belongs to another user. */
  @Test
  void fileOfAnotherUserIsRefused() throws IOException {
    write(foldersFile, "url=jdbc:mysql://evil.example.com/stock");
    boolean given;
    try {
      Files.setAttribute(foldersFile, "unix:uid", 65_534);
      given = true;
    } catch (IOException | UnsupportedOperationException e) {
      given = false;
    }
    assumeThat(given).as("this user can give a file away").isTrue();
    StockCli.Result result = config(Map.of());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .startsWith(
            "stock: The configuration file '" + foldersFile + "' belongs to another user, '")
        .doesNotContain("evil");
  }

  @Test
  void passwordOfTheHomeIsNotSentToADatabaseThatTheFolderNames() throws IOException {
    write(foldersFile, "url=jdbc:mysql://evil.example.com/stock");
    write(usersFile, "url=jdbc:mysql://db.example.com/stock", "password=secret");
    protect(usersFile);
    expectRefusal(
        "The password of %s, line 2 is not sent to the database that %s, line 1 names. Add"
                .formatted(usersFile, foldersFile)
            + " password_file, or an empty password, to the second file.",
        Map.of());
    assertThat(config(Map.of("STOCK_DB_URL", "jdbc:mysql://db.example.com/stock")).status())
        .isZero();
    write(foldersFile, "url=jdbc:mysql://test.example.com/stock", "password=");
    protect(foldersFile);
    assertThat(config(Map.of()).out()).contains("password\t(hidden)\t" + foldersFile);
  }

  @Test
  void fileOfTheFolderNamesNoPasswordFileElsewhere() throws IOException {
    Path secret = Files.writeString(usersFile.resolveSibling("id_rsa"), "secret");
    Path link = Files.createSymbolicLink(here.resolve("password"), secret);
    for (Path named : new Path[] {secret, link}) {
      write(foldersFile, "password_file=" + named);
      expectRefusal(
          "The password file of %s, line 1 is not in the same folder or below. Name the file by"
                  .formatted(foldersFile)
              + " STOCK_DB_PASSWORD_FILE or in your own configuration file.",
          Map.of());
    }
    Files.delete(link);
    Files.writeString(link, "password");
    assertThat(config(Map.of()).out()).contains("password_file\t" + link);
  }

  @Test
  void urlOfTheFolderLetsNoServerReadFiles() throws IOException {
    String url = "jdbc:mysql://127.0.0.1:1/stock?sslMode=REQUIRED&serverRSAPublicKeyFile=key.pem";
    write(foldersFile, "url=" + url);
    expectRefusal(
        "A URL in the file of a folder must not set 'serverRSAPublicKeyFile', but only"
            + " connectionTimeZone, sslMode, tcpKeepAlive, tlsCiphersuites, tlsVersions,"
            + " useCompression. Give the URL by STOCK_DB_URL or your own configuration file. (%s, line 1)"
                .formatted(foldersFile),
        Map.of());
    Files.move(foldersFile, usersFile);
    assertThat(config(Map.of()).status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "usr=secret|has an unknown key 'usr'. Did you mean user? The keys are: url, user,"
            + " password, password_file, connect_timeout, statement_timeout, retry_timeout",
        "connect-timeout=5|has an unknown key 'connect-timeout'. Did you mean connect_timeout? The"
            + " keys are: url, user, password, password_file, connect_timeout, statement_timeout,"
            + " retry_timeout",
        "prod.usr=secret|has an unknown key 'prod.usr'. Did you mean user? The keys are: url,"
            + " user, password, password_file, connect_timeout, statement_timeout, retry_timeout",
        "c2VjcmV0==|has an unknown key. The keys are: url, user, password, password_file,"
            + " connect_timeout, statement_timeout, retry_timeout",
        "secret|is not of the form key=value",
        "user: secret|is not of the form key=value",
        "user=\\u00zz|has a \\u that is no character",
      })
  void faultyLineIsNamedWithoutItsValue(String line, String fault) throws IOException {
    write(foldersFile, "# a comment", "", line);
    StockCli.Result result = config(Map.of());
    assertThat(result.err())
        .isEqualTo(
            refusal("Line 3 of the configuration file '%s' %s.".formatted(foldersFile, fault)));
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void keyIsSetOnce() throws IOException {
    write(foldersFile, "user=\\", "  one", "user=two");
    expectRefusal(
        "Line 3 of the configuration file '%s' sets user again, after line 1."
            .formatted(foldersFile),
        Map.of());
  }

  @Test
  void wrongValueIsNamedWithItsPlace() throws IOException {
    write(foldersFile, "connect_timeout=soon");
    expectRefusal(
        "Invalid value for 'connect_timeout' in %s, line 1: 'soon' is not a number of seconds from 1"
                .formatted(foldersFile)
            + " to 86400.",
        Map.of());
    expectRefusal(
        "Invalid value for STOCK_DB_RETRY_TIMEOUT: '0' is not a number of seconds from 1 to 86400.",
        Map.of("STOCK_DB_RETRY_TIMEOUT", "0", "STOCK_DB_CONNECT_TIMEOUT", "1"));
    write(foldersFile, "url=jdbc:mysql://root:secret@h/d");
    StockCli.Result result = config(Map.of());
    assertThat(result.err()).contains("(" + foldersFile + ", line 1)").doesNotContain("secret");
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void filesAreUtf8AndSmall() throws IOException {
    write(foldersFile, "\uFEFFuser=純米");
    assertThat(config(Map.of()).out()).contains("user\t純米\t");
    Files.write(foldersFile, "user=caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    expectRefusal("The configuration file '%s' is not UTF-8.".formatted(foldersFile), Map.of());
    Files.writeString(foldersFile, "# ".repeat(40_000));
    expectRefusal(
        "The configuration file '%s' has more than 65536 bytes.".formatted(foldersFile), Map.of());
    Files.delete(foldersFile);
    Files.createDirectory(foldersFile);
    expectRefusal("Can't read the configuration file '%s'.".formatted(foldersFile), Map.of());
  }

  @Test
  void noFileIsReadWithoutNeed() throws IOException {
    write(foldersFile, "faulty");
    for (String line : new String[] {"--help", "list-items --help"}) {
      assertThat(cli(Map.of()).line(line).status()).as(line).isZero();
    }
    Map<String, String> all =
        Stream.of(ConfigurationKey.values())
            .collect(Collectors.toMap(ConfigurationKey::variable, key -> "5"));
    all.put("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none");
    assertThat(cli(all).run("list-items").status()).isEqualTo(5);
    all.remove("STOCK_DB_RETRY_TIMEOUT");
    assertThat(cli(all).run("list-items").status()).isEqualTo(2);
  }

  @Test
  void xdgConfigHomeIsHonoured() throws IOException {
    Path elsewhere = Files.createDirectories(folder.toRealPath().resolve("xdg/stock"));
    write(elsewhere.resolve("config.properties"), "user=xdg");
    assertThat(config(Map.of("XDG_CONFIG_HOME", elsewhere.getParent().toString())).out())
        .contains("user\txdg\t" + elsewhere.resolve("config.properties") + ", line 1");
    // The specification says to ignore a path that is not absolute.
    assertThat(config(Map.of("XDG_CONFIG_HOME", "xdg")).out()).contains("file\t" + usersFile);
  }

  /** The manual shows two files, and then what config prints with them. */
  @Test
  void theExampleOfTheManualIsTrue() throws IOException {
    String manual = Files.readString(Path.of("docs/manual.md"));
    String files = manual.substring(manual.indexOf("### Configuration files"));
    Files.writeString(usersFile, block(files, "properties"));
    String second = files.substring(files.indexOf("/home/ada/shop/.stock.properties"));
    Files.writeString(foldersFile, block(second, "properties"));
    assertThat(
            config(Map.of("STOCK_DB_CONNECT_TIMEOUT", "5"), "--profile", "prod")
                .out()
                .replace(here.toString(), "/home/ada/shop")
                .replace(usersFile.getParent().toString(), "/home/ada/.config/stock"))
        .isEqualTo(block(manual.substring(manual.indexOf("### config")), "text"));
  }

  private static String block(String text, String language) {
    String begin = "```" + language + "\n";
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf("```", from));
  }

  private void expectRefusal(String sentence, Map<String, String> environment, String... options) {
    StockCli.Result result = config(environment, options);
    assertThat(result).isEqualTo(new StockCli.Result(2, "", refusal(sentence)));
  }

  private static String refusal(String sentence) {
    return "stock: " + sentence + "\nTry 'stock --help'.\n";
  }

  private StockCli.Result config(Map<String, String> environment, String... options) {
    return cli(environment)
        .run(Stream.concat(Stream.of("config"), Stream.of(options)).toArray(String[]::new));
  }

  private StockCli cli(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", usersFile.getParent().getParent().getParent().toString());
    return StockCli.inEnvironment(all).in(here);
  }

  private static StockCli.Result shown(String... lines) {
    return new StockCli.Result(0, String.join("\n", lines) + "\n", "");
  }

  private static void write(Path file, String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
    setPermissions(file, "rw-r--r--");
  }

  private static void protect(Path file) throws IOException {
    setPermissions(file, "rw-------");
  }

  private static void setPermissions(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
