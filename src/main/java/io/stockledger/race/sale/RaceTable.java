package io.stockledger.race.sale;

import io.stockledger.db.SqlScript;
import io.stockledger.ledger.LedgerTables;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A scratch table that a race may create. One DDL for TiDB, MariaDB and MySQL 8; primary keys are
 * clustered, as {@code SELECT … FOR UPDATE} on TiDB asks for.
 */
public record RaceTable(String name, String ddl) {
  private static final Pattern CREATE =
      Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(race_\\w+)");

  /** One row per item, with the count of the units that are left. */
  public static final RaceTable STOCK =
      of(
          """
          CREATE TABLE race_stock (
            item_id BIGINT NOT NULL,
            stock BIGINT NOT NULL,
            version BIGINT NOT NULL DEFAULT 0,
            PRIMARY KEY (item_id) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /** The count of an item, split over several rows. */
  public static final RaceTable STOCK_CELL =
      of(
          """
          CREATE TABLE race_stock_cell (
            item_id BIGINT NOT NULL,
            cell INT NOT NULL,
            stock BIGINT NOT NULL,
            PRIMARY KEY (item_id, cell) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /** One row per sale. */
  public static final RaceTable ORDER =
      of(
          """
          CREATE TABLE race_order (
            order_id BIGINT NOT NULL AUTO_INCREMENT,
            item_id BIGINT NOT NULL,
            buyer INT NOT NULL,
            number INT NOT NULL,
            quantity BIGINT NOT NULL,
            ordered_at DATETIME(6) NOT NULL,
            PRIMARY KEY (order_id) /*T![clustered_index] CLUSTERED */,
            KEY item (item_id, buyer, number)
          ) ENGINE = InnoDB
          """);

  /** One row per sale, with the units left after the sale. */
  public static final RaceTable LOG =
      of(
          """
          CREATE TABLE race_log (
            log_id BIGINT NOT NULL AUTO_INCREMENT,
            item_id BIGINT NOT NULL,
            buyer INT NOT NULL,
            quantity BIGINT NOT NULL,
            remaining BIGINT NOT NULL,
            PRIMARY KEY (log_id) /*T![clustered_index] CLUSTERED */,
            KEY item (item_id)
          ) ENGINE = InnoDB
          """);

  /** One row per hold, with how it stands. */
  public static final RaceTable HOLD =
      of(
          """
          CREATE TABLE race_hold (
            item_id BIGINT NOT NULL,
            buyer INT NOT NULL,
            number INT NOT NULL,
            quantity BIGINT NOT NULL,
            expires_at DATETIME(6) NOT NULL,
            is_committed BOOLEAN NOT NULL,
            PRIMARY KEY (item_id, buyer, number) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /** When an item is on sale. */
  public static final RaceTable WINDOW =
      of(
          """
          CREATE TABLE race_window (
            item_id BIGINT NOT NULL,
            opens_at DATETIME(6) NOT NULL,
            closes_at DATETIME(6) NOT NULL,
            PRIMARY KEY (item_id) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /**
   * The moves of the proof of concept, without number or balance. For orders of several items they
   * also have the buyer and the number of the order.
   */
  static final RaceTable MOVE =
      of(
          """
          CREATE TABLE race_move (
            move_id BIGINT NOT NULL AUTO_INCREMENT,
            item_id BIGINT NOT NULL,
            stock_increment BIGINT NOT NULL,
            date DATE NOT NULL,
            buyer INT NOT NULL DEFAULT 0,
            number INT NOT NULL DEFAULT 0,
            PRIMARY KEY (date, item_id, move_id) /*T![clustered_index] CLUSTERED */,
            KEY move_id (move_id)
          ) ENGINE = InnoDB
          """);

  /** The daily closings of the proof of concept. */
  static final RaceTable CLOSING =
      of(
          """
          CREATE TABLE race_closing (
            item_id BIGINT NOT NULL,
            date DATE NOT NULL,
            sum_stock_increment BIGINT NOT NULL,
            PRIMARY KEY (item_id, date) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /** Moves with numbers and balances, in several lanes per item. */
  public static final RaceTable LANE_MOVE =
      of(
          """
          CREATE TABLE race_lane_move (
            item_id BIGINT NOT NULL,
            lane INT NOT NULL,
            move_no BIGINT NOT NULL,
            stock_increment BIGINT NOT NULL,
            stock_after BIGINT NOT NULL,
            request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            PRIMARY KEY (item_id, lane, move_no) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /** One row per unit on hand. */
  public static final RaceTable UNIT =
      of(
          """
          CREATE TABLE race_unit (
            item_id BIGINT NOT NULL,
            unit_no BIGINT NOT NULL,
            PRIMARY KEY (item_id, unit_no) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /** The bookshop's books. */
  public static final RaceTable BOOK =
      of(
          """
          CREATE TABLE race_book (
            book_id BIGINT NOT NULL,
            price BIGINT NOT NULL,
            stock BIGINT NOT NULL,
            PRIMARY KEY (book_id) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /** The bookshop's users, with what each can spend on a book. */
  public static final RaceTable USER =
      of(
          """
          CREATE TABLE race_user (
            book_id BIGINT NOT NULL,
            user_id INT NOT NULL,
            opening_balance BIGINT NOT NULL,
            balance BIGINT NOT NULL,
            PRIMARY KEY (book_id, user_id) /*T![clustered_index] CLUSTERED */
          ) ENGINE = InnoDB
          """);

  /** The names of the ledger's tables in a race. */
  public static final LedgerTables LEDGER_NAMES = LedgerTables.withPrefix("race_");

  /** The ledger's tables, created from the ledger's own file. */
  public static final Set<RaceTable> LEDGER =
      SqlScript.statements("schema.sql").stream()
          .map(LEDGER_NAMES::in)
          // In MySQL the names of checks must be unique in the whole schema.
          .map(ddl -> ddl.replace("CONSTRAINT ", "CONSTRAINT race_"))
          .map(RaceTable::of)
          .collect(Collectors.toUnmodifiableSet());

  private static final List<RaceTable> ALL =
      Stream.concat(
              Stream.of(
                  STOCK,
                  STOCK_CELL,
                  ORDER,
                  LOG,
                  HOLD,
                  WINDOW,
                  MOVE,
                  CLOSING,
                  LANE_MOVE,
                  UNIT,
                  BOOK,
                  USER),
              LEDGER.stream())
          .toList();

  private static RaceTable of(String ddl) {
    Matcher create = CREATE.matcher(ddl);
    if (!create.find()) {
      throw new IllegalArgumentException(ddl);
    }
    return new RaceTable(create.group(1), ddl);
  }

  /** The statement that drops every scratch table that exists. */
  public static String dropAll() {
    return ALL.stream()
        .map(RaceTable::name)
        .collect(Collectors.joining(", ", "DROP TABLE IF EXISTS ", ""));
  }
}
