package io.stockledger.cli;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Row;
import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.db.failure.KnownException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ParameterException;

/**
 * The versions of this program, of Java and of the server, if the server answers within a second.
 *
 * @param commit the commit that was built; "unknown" if it was built from an archive of the sources
 * @param database host, port and name; empty if the configuration is faulty
 * @param server the server's version; empty if the server does not answer
 */
record VersionReport(
    String version,
    String commit,
    String java,
    Optional<String> database,
    Optional<String> server) {
  private static final int LONGEST_WAIT_SECONDS = 1;

  /** The file that the build writes: the commit, or nothing without a repository. */
  private static final String BUILD_FILE = "build.properties";

  private static final String UNKNOWN = "unknown";

  static VersionReport of(CommandContext context) {
    Optional<ConnectionSettings> settings = settings(context);
    return new VersionReport(
        Optional.ofNullable(VersionReport.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)"),
        builtCommit(),
        System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"),
        settings.map(ConnectionSettings::url).map(DatabaseUrl::toString),
        settings.flatMap(VersionReport::server));
  }

  /** A faulty configuration is no error here: the version must be shown all the same. */
  private static Optional<ConnectionSettings> settings(CommandContext context) {
    try {
      return Optional.of(context.settingsWithoutQuestion());
    } catch (ParameterException e) {
      return Optional.empty();
    }
  }

  /** Looks a name up and connects on another thread, because both can take longer than the wait. */
  private static Optional<String> server(ConnectionSettings settings) {
    return CompletableFuture.supplyAsync(() -> greeting(settings))
        .completeOnTimeout(Optional.empty(), LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private static Optional<String> greeting(ConnectionSettings settings) {
    try (Database database = Database.open(settings, 1)) {
      return Optional.of(database.serverVersion());
    } catch (KnownException e) {
      return Optional.empty();
    }
  }

  private static String builtCommit() {
    try (InputStream in = VersionReport.class.getResourceAsStream(BUILD_FILE)) {
      if (in == null) {
        return UNKNOWN;
      }
      Properties build = new Properties();
      build.load(in);
      String commit = build.getProperty("git.commit.id.abbrev", UNKNOWN);
      return Boolean.parseBoolean(build.getProperty("git.dirty")) ? commit + ", changed" : commit;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Output output) {
    output.result(
        Row.of(
            "version",
            version,
            "commit",
            commit,
            "java",
            java,
            "database",
            database.orElse(null),
            "server",
            server.orElse(null)),
        "stock " + version + " (commit " + commit + ")",
        "Java " + java,
        serverLine());
  }

  private String serverLine() {
    if (database.isEmpty()) {
      return "Server: unknown, because the configuration is faulty: see stock config";
    }
    return server
        .map(found -> "Server " + found + " at " + database.get())
        .orElse("Server: none that answers at " + database.get());
  }
}
