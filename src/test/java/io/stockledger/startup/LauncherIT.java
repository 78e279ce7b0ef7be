package io.stockledger.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.startup.Installation.Result;
import io.stockledger.startup.Installation.Running;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher: whatever state Java's archive of classes is in, a command's output is exactly its
 * own, and a missing or unusable archive is made anew.
 */
final class LauncherIT {
  private static final String[] GET_STOCK = {
    "get-stock", "--item-id", "101", "--date", "2025-09-19"
  };
  private static final Result STOCK =
      new Result(0, "Calculated stock for item 101 on 2025-09-19: 100\n", "");
  private static final int LONGEST_SECONDS = 120;

  @TempDir private Path folder;
  private TestLedger ledger;
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    ledger = TestLedger.make(1);
    installation = Installation.copiedTo(folder.resolve("installed"), ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Result getStock() throws IOException, InterruptedException {
    return Installation.run(installation.command(GET_STOCK));
  }

  /**
   * A command that makes no archive after itself, so that the test alone decides about archives.
   */
  private ProcessBuilder getStockWith(String javaOption) {
    ProcessBuilder command = installation.command(GET_STOCK);
    command.environment().put("STOCK_JAVA_OPTS", javaOption);
    return command;
  }

  private boolean usesTheArchive() throws IOException, InterruptedException {
    return logOfClasses().contains("io.stockledger.Main source: shared objects file");
  }

  private String logOfClasses() throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    assertThat(
            Installation.run(
                getStockWith("-Xlog:class+load:file=" + folder.relativize(log))
                    .directory(folder.toFile())))
        .isEqualTo(STOCK);
    return Files.readString(log);
  }

  /** Runs a command and waits until an archive was put into the folder. */
  private Result getStockAndAwaitArchive() throws IOException, InterruptedException {
    Path lib = installation.jar().getParent();
    try (WatchService watch = lib.getFileSystem().newWatchService()) {
      lib.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      Result result = getStock();
      while (true) {
        WatchKey key = watch.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertThat(key).as("no archive was made").isNotNull();
        boolean isMade =
            key.pollEvents().stream()
                .anyMatch(event -> event.context().toString().endsWith(".jsa"));
        if (isMade) {
          return result;
        }
        key.reset();
      }
    }
  }

  @Test
  void theFirstCommandHasTheArchiveMadeAndTheNextOneUsesIt()
      throws IOException, InterruptedException {
    assertThat(usesTheArchive()).isFalse();
    assertThat(getStockAndAwaitArchive()).isEqualTo(STOCK);
    assertThat(usesTheArchive()).isTrue();
  }

  /** picocli's class files are of Java 5, which an archive keeps in part only: see ClassFiles. */
  @Test
  void theArchiveHasTheClassesOfPicocli() throws IOException, InterruptedException {
    assertThat(installation.makeArchive().status()).isZero();
    assertThat(logOfClasses().lines())
        .anyMatch(line -> line.contains(" picocli.CommandLine source: shared objects file"))
        .noneMatch(line -> line.contains(" picocli.") && line.contains(" source: file:"));
  }

  /** Another version of Java may crash with them. */
  @Test
  void theArchiveHasLambdasOfJavaOnlyForTheVersionOfTheList()
      throws IOException, InterruptedException {
    assertThat(installation.makeArchive().status()).isZero();
    assertThat(logOfClasses().lines()).anyMatch(LauncherIT::isArchivedLambdaOfJava);
    Path list = installation.jar().resolveSibling("stock-ledger.classlist");
    List<String> lines = new ArrayList<>(Files.readAllLines(list));
    assertThat(lines.set(1, "# 99")).isEqualTo("# " + System.getProperty("java.vm.version"));
    Files.write(list, lines);
    Files.delete(installation.archive());
    assertThat(installation.makeArchive().status()).isZero();
    assertThat(usesTheArchive()).isTrue();
    assertThat(logOfClasses().lines()).noneMatch(LauncherIT::isArchivedLambdaOfJava);
  }

  private static boolean isArchivedLambdaOfJava(String line) {
    return line.matches(".* java\\.[\\w.$]+\\$\\$Lambda.* source: shared objects file");
  }

  @Test
  void aTruncatedArchiveIsRefusedAndMadeAnew() throws IOException, InterruptedException {
    assertThat(installation.makeArchive().status()).isZero();
    truncate(installation.archive(), Files.size(installation.archive()) / 2);
    assertThat(getStockAndAwaitArchive()).isEqualTo(STOCK);
    assertThat(usesTheArchive()).isTrue();
  }

  @Test
  void eachLengthOfATruncatedArchiveIsRefused() throws IOException, InterruptedException {
    assertThat(installation.makeArchive().status()).isZero();
    long size = Files.size(installation.archive());
    for (long length : List.of(size - 1, size * 9 / 10, size / 10, 4096L, 100L, 0L)) {
      truncate(installation.archive(), length);
      assertThat(Installation.run(getStockWith("-Dnothing=0")))
          .as("%s of %s bytes", length, size)
          .isEqualTo(STOCK);
    }
  }

  private static void truncate(Path file, long size) throws IOException {
    assertThat(file.toFile().setWritable(true)).isTrue();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @Test
  void aFileThatIsNoArchiveIsReplaced() throws IOException, InterruptedException {
    assertThat(installation.makeArchive().status()).isZero();
    Path archive = installation.archive();
    Files.delete(archive);
    Files.writeString(archive, "This is no archive of classes.\n".repeat(1000));
    assertThat(getStockAndAwaitArchive()).isEqualTo(STOCK);
    assertThat(usesTheArchive()).isTrue();
  }

  @Test
  void anotherJarGetsAnotherArchive() throws IOException, InterruptedException {
    assertThat(installation.makeArchive().status()).isZero();
    Files.setLastModifiedTime(
        installation.jar(), FileTime.from(Instant.parse("2025-09-20T00:00:00Z")));
    assertThat(usesTheArchive()).isFalse();
    assertThat(getStockAndAwaitArchive()).isEqualTo(STOCK);
    assertThat(usesTheArchive()).isTrue();
  }

  /** Java 17 keeps only its own classes in such an archive; see scripts/stock. */
  /**
   * All jars of the archive to install have one time of modification, and Java knows a jar by its
   * time and size.
   */
  @Test
  void anotherJarOfTheSameTimeAndSizeGetsAnotherArchive() throws IOException, InterruptedException {
    assertThat(installation.makeArchive().status()).isZero();
    Path old = installation.archive();
    Path list = installation.jar().resolveSibling("stock-ledger.classlist");
    List<String> lines = new ArrayList<>(Files.readAllLines(list));
    lines.set(0, "# 0123456789abcdef");
    Files.write(list, lines);
    assertThat(usesTheArchive()).isFalse();
    assertThat(installation.makeArchive().status()).isZero();
    assertThat(usesTheArchive()).isTrue();
    assertThat(Installation.archives(installation.jar().getParent()))
        .hasSize(1)
        .doesNotContain(old);
  }

  @Test
  void aFolderWithASpaceIsAsRight() throws IOException, InterruptedException {
    installation = Installation.copiedTo(folder.resolve("in stall"), ledger);
    assertThat(installation.makeArchive().status()).isZero();
    assertThat(getStock()).isEqualTo(STOCK);
  }

  @Test
  void firstCommandsAtTheSameTimeDoNotDisturbEachOther() throws IOException, InterruptedException {
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(new Running(installation.command(GET_STOCK)));
    }
    for (Running one : all) {
      assertThat(one.result()).isEqualTo(STOCK);
    }
    List<Running> makers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ProcessBuilder maker = installation.command();
      maker.environment().put("STOCK_MAKE_CLASS_ARCHIVE", "yes");
      makers.add(new Running(maker));
    }
    for (Running maker : makers) {
      assertThat(maker.result().status()).isZero();
    }
    assertThat(getStock()).isEqualTo(STOCK);
  }

  @Test
  void whatAKilledMakerLeftIsRemoved() throws IOException, InterruptedException {
    assertThat(installation.makeArchive()).isEqualTo(new Result(0, "", ""));
    Path archive = installation.archive();
    Path attempt = archive.resolveSibling(archive.getFileName() + ".attempt");
    Files.delete(archive);
    Files.createDirectory(attempt);
    Files.writeString(attempt.resolve("new"), "half of an archive");
    Files.setLastModifiedTime(attempt, FileTime.from(Instant.parse("2025-09-20T00:00:00Z")));
    Files.setLastModifiedTime(
        installation.jar(), FileTime.from(Instant.parse("2025-09-19T00:00:00Z")));
    assertThat(installation.makeArchive().status()).isZero();
    assertThat(archive).exists();
    assertThat(attempt).doesNotExist();
  }

  @Test
  void aReadOnlyFolderHasItsArchiveInTheCache() throws IOException, InterruptedException {
    Path cache = folder.resolve("cache");
    makeReadOnly(cache);
    ProcessBuilder maker = asAnotherUser(cache.toString());
    maker.environment().put("STOCK_MAKE_CLASS_ARCHIVE", "yes");
    Result made = Installation.run(maker);
    assertThat(made.status()).as("%s", made).isZero();
    assertThat(Installation.archives(installation.jar().getParent())).isEmpty();
    assertThat(Installation.archives(cache.resolve("stock"))).hasSize(1);
    assertThat(Installation.run(asAnotherUser(cache.toString(), GET_STOCK))).isEqualTo(STOCK);
  }

  @Test
  void whereNothingCanBeWrittenACommandRunsWithoutAnArchive()
      throws IOException, InterruptedException {
    makeReadOnly(folder.resolve("cache"));
    assertThat(Installation.run(asAnotherUser("/proc/nothing", GET_STOCK))).isEqualTo(STOCK);
    ProcessBuilder homeless = asAnotherUser("", GET_STOCK);
    homeless.environment().remove("HOME");
    assertThat(Installation.run(homeless)).isEqualTo(STOCK);
  }

  private void makeReadOnly(Path cache) throws IOException {
    Files.createDirectories(cache);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    if (!isRoot()) {
      Files.setPosixFilePermissions(
          installation.jar().getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
    }
  }

  /** Prepares a command of a user who may not write beside the jar: for root, of another user. */
  private ProcessBuilder asAnotherUser(String cache, String... arguments) {
    ProcessBuilder command =
        isRoot()
            ? installation.command(
                List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    installation.launcher().toString()),
                arguments)
            : installation.command(arguments);
    command.environment().put("XDG_CACHE_HOME", cache);
    return command.directory(new java.io.File("/"));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Test
  void aWrongJavaHomeIsToldInASentence() throws IOException, InterruptedException {
    ProcessBuilder command = installation.command(GET_STOCK);
    command.environment().put("JAVA_HOME", "/no/java");
    assertThat(Installation.run(command))
        .isEqualTo(
            new Result(
                1, "", "stock: JAVA_HOME is wrong: there is no Java at /no/java/bin/java.\n"));
  }

  @Test
  void aMachineWithoutJavaIsToldInASentence() throws IOException, InterruptedException {
    ProcessBuilder command = installation.command(GET_STOCK);
    command.environment().remove("JAVA_HOME");
    command.environment().put("PATH", "/nowhere");
    assertThat(Installation.run(command))
        .isEqualTo(
            new Result(
                1, "", "stock: There is no Java: install Java 17 or later, or set JAVA_HOME.\n"));
  }

  @Test
  void anotherCollectorOfTheUserIsTaken() throws IOException, InterruptedException {
    assertThat(Installation.run(getStockWith("-XX:+UseParallelGC"))).isEqualTo(STOCK);
  }

  @Test
  void onlyCommandsThatComputeForLongHaveBothCompilers() throws IOException, InterruptedException {
    assertThat(javaOptions("get-stock", "--help")).contains("-XX:TieredStopAtLevel=1 ");
    assertThat(javaOptions("run-batch", "--help")).contains("-XX:TieredStopAtLevel=1 ");
    assertThat(javaOptions("export", "--help")).doesNotContain("TieredStopAtLevel");
    assertThat(javaOptions("import", "--help")).doesNotContain("TieredStopAtLevel");
    assertThat(javaOptions("--connect-timeout", "5", "race", "--help"))
        .doesNotContain("TieredStopAtLevel");
  }

  /** Returns the options with which Java runs a command. */
  private String javaOptions(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder command = installation.command(arguments);
    command.environment().put("STOCK_JAVA_OPTS", "-XX:+PrintCommandLineFlags");
    Result result = Installation.run(command);
    assertThat(result.status()).as("%s", result).isZero();
    return result.err();
  }
}
