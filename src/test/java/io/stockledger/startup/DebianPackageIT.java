package io.stockledger.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.startup.Installation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package of Debian, installed by dpkg into the folder of a system that has nothing else. Its
 * scripts run outside of that folder (DPKG_ROOT), so nothing is done to this machine.
 */
@EnabledIf(value = "hasDpkg", disabledReason = "dpkg must be there, and the user root")
final class DebianPackageIT {
  private static final Path PACKAGE = packageOf(Path.of("target").toAbsolutePath());
  private static final Path PASSWD = Path.of("etc/passwd");
  private static final Path PASSWORD = Path.of("etc/stock/password");
  private static final Path ENVIRONMENT = Path.of("etc/stock/environment");

  @TempDir private Path root;

  static boolean hasDpkg() {
    return Files.isExecutable(Path.of("/usr/bin/dpkg"))
        && "root".equals(System.getProperty("user.name"));
  }

  private static Path packageOf(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void makeAnEmptySystem() throws IOException {
    Files.createDirectories(root.resolve("var/lib/dpkg/info"));
    Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
    Files.createFile(root.resolve("var/lib/dpkg/status"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve(PASSWD), "root:x:0:0:root:/root:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
  }

  @Test
  void theCommandRunsAndItsFilesAreInTheFoldersOfTheSystem()
      throws IOException, InterruptedException {
    dpkg("--install", PACKAGE.toString());
    Result version = run(root.resolve("usr/bin/stock").toString(), "--version");
    assertThat(version.status()).as("%s", version).isZero();
    assertThat(version.out()).startsWith("stock ");
    assertThat(
            List.of(
                "usr/share/man/man1/stock.1",
                "usr/share/man/man1/stock-get-stock.1",
                "usr/share/bash-completion/completions/stock",
                "usr/lib/systemd/system/stock-batch.timer",
                "usr/lib/systemd/system/stock-stream.service",
                "etc/logrotate.d/stock-ledger",
                "usr/share/doc/stock-ledger/copyright",
                "usr/share/doc/stock-ledger/docs/operating.md"))
        .allSatisfy(file -> assertThat(root.resolve(file)).isRegularFile());
  }

  @Test
  void onlyRootReadsThePasswordAndTheServicesHaveAUser() throws IOException, InterruptedException {
    dpkg("--install", PACKAGE.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(PASSWORD))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(root.resolve(PASSWD)))
        .containsPattern("stock:!?x?:\\d+:\\d+::/nonexistent:/usr/sbin/nologin\n");
  }

  @Test
  void theSamePackageAgainKeepsWhatTheOperatorWrote() throws IOException, InterruptedException {
    dpkg("--install", PACKAGE.toString());
    Files.writeString(root.resolve(ENVIRONMENT), "STOCK_DB_USER=till\n");
    Files.writeString(root.resolve(PASSWORD), "secret\n");
    dpkg("--install", PACKAGE.toString());
    assertThat(root.resolve(ENVIRONMENT)).hasContent("STOCK_DB_USER=till");
    assertThat(root.resolve(PASSWORD)).hasContent("secret");
  }

  @Test
  void aRemovalKeepsTheSettingsAndAPurgeLeavesNothing() throws IOException, InterruptedException {
    List<String> before = files();
    String users = Files.readString(root.resolve(PASSWD));
    dpkg("--install", PACKAGE.toString());
    // Made beside the jar by a command of root, and by the services.
    Files.createFile(root.resolve("usr/share/stock-ledger/lib/stock-ledger-0-java.jsa"));
    Files.createDirectories(root.resolve("var/cache/stock/stock"));
    Files.createDirectories(root.resolve("var/lib/stock"));
    Files.createFile(root.resolve("var/lib/stock/run-batch.prom"));
    Files.createDirectories(root.resolve("var/log/stock"));
    Files.createFile(root.resolve("var/log/stock/run-batch.log"));
    dpkg("--remove", "stock-ledger");
    assertThat(root.resolve("usr")).doesNotExist();
    assertThat(root.resolve(ENVIRONMENT)).exists();
    assertThat(root.resolve(PASSWORD)).exists();
    dpkg("--purge", "stock-ledger");
    assertThat(files()).isEqualTo(before);
    assertThat(Files.readString(root.resolve(PASSWD))).isEqualTo(users);
  }

  @Test
  void aUserThatWasThereBeforeStays() throws IOException, InterruptedException {
    String users = Files.readString(root.resolve(PASSWD)) + "stock:x:1000:1000::/:/bin/sh\n";
    Files.writeString(root.resolve(PASSWD), users);
    dpkg("--install", PACKAGE.toString());
    dpkg("--purge", "stock-ledger");
    assertThat(Files.readString(root.resolve(PASSWD))).isEqualTo(users);
  }

  /** Returns the files of the system, without dpkg's own and the copies that useradd keeps. */
  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.startsWith("var/lib/dpkg/") && !name.endsWith("-"))
          .sorted()
          .toList();
    }
  }

  private void dpkg(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "dpkg",
                "--root=" + root,
                "--log=/dev/null",
                "--force-script-chrootless",
                // The Java of this machine is none of that system.
                "--force-depends"));
    command.addAll(List.of(arguments));
    Result result = run(command.toArray(String[]::new));
    assertThat(result.status()).as("%s", result).isZero();
  }

  private static Result run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return Installation.run(builder);
  }
}
