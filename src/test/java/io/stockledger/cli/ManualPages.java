package io.stockledger.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a reader of manual pages expects (man-pages(7)) and picocli's generator does not write: a
 * line under NAME that fits on a line of {@code man -k}, the commands before the options, and the
 * environment, the files and the other pages to see.
 */
final class ManualPages {
  /** The first sentence of a description: up to its stop, or to the colon before details. */
  private static final Pattern REST_OF_DESCRIPTION =
      Pattern.compile("(?m)^(stock[a-z-]* - .*?)(?:[.:;](?: .*)?)$");

  private static final String COMMANDS = section("commands");
  private static final String OPTIONS = section("options");

  private static final String ENVIRONMENT_AND_FILES =
      """

      == Environment

      *STOCK_DB_URL*, *STOCK_DB_USER*, *STOCK_DB_PASSWORD*, *STOCK_DB_PASSWORD_FILE*::
        The database, its user and the password, or the file whose first line is the password.

      *STOCK_DB_CONNECT_TIMEOUT*, *STOCK_DB_STATEMENT_TIMEOUT*, *STOCK_DB_RETRY_TIMEOUT*::
        As the options of these names, in seconds.

      *STOCK_PROFILE*::
        As *--profile*.

      *STOCK_LOG_TIMESTAMPS*::
        As *--timestamps*, if it is not empty.

      *STOCK_JAVA_OPTS*, *JAVA_HOME*::
        More options for Java, and which Java it is.

      *NO_COLOR*, *TZ*::
        No colours, if it is not empty; the time zone of today and yesterday.

      == Files

      *.stock.properties*, *~/.config/stock/config.properties*::
        The configuration: that of the working directory before that of the user. *XDG_CONFIG_HOME* names
        another folder than _~/.config_.

      *~/.local/state/stock/history*::
        What was typed in a shell. *XDG_STATE_HOME* names another folder than _~/.local/state_.

      *~/.cache/stock*::
        Java's archive of classes, if the folder of the program is read-only. *XDG_CACHE_HOME* names another
        folder than _~/.cache_.
      """;

  private ManualPages() {}

  /**
   * Completes the pages of a folder.
   *
   * @param commands the names of all commands
   */
  static void complete(Path folder, Collection<String> commands) throws IOException {
    Path stock = folder.resolve("stock.adoc");
    Files.writeString(
        stock,
        commandsFirst(withShortNames(Files.readString(stock)))
            + ENVIRONMENT_AND_FILES
            + seeAlso(commands.stream().map("stock-"::concat)));
    for (String command : commands) {
      Path page = folder.resolve("stock-" + command + ".adoc");
      Stream<String> others =
          commands.stream()
              .filter(other -> Commands.group(other) == Commands.group(command))
              .filter(other -> !other.equals(command))
              .map("stock-"::concat);
      Files.writeString(
          page,
          withShortNames(Files.readString(page))
              + seeAlso(Stream.concat(Stream.of("stock"), others)));
    }
  }

  private static String withShortNames(String page) {
    return REST_OF_DESCRIPTION.matcher(page).replaceFirst("$1");
  }

  private static String commandsFirst(String page) {
    String commands = part(page, COMMANDS);
    return page.replace(commands, "").replace(part(page, OPTIONS), commands + part(page, OPTIONS));
  }

  private static String part(String page, String name) {
    String begin = "// tag::" + name + "[]\n";
    String end = "// end::" + name + "[]\n";
    return page.substring(page.indexOf(begin), page.indexOf(end) + end.length());
  }

  private static String section(String name) {
    return "picocli-generated-man-section-" + name;
  }

  private static String seeAlso(Stream<String> pages) {
    List<String> names = pages.map(name -> "*" + name + "*(1)").toList();
    return "\n== See also\n\n"
        + names.stream().collect(Collectors.joining(", "))
        + "\n\nThe manual with examples and the guide for operators are in the folder _docs_ of the archive,"
        + " or in _/usr/share/doc/stock-ledger_.\n";
  }
}
