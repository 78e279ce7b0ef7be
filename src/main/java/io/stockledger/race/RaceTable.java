package io.stockledger.race;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Every scratch table that a race may make, with its DDL: one text for TiDB, MariaDB and MySQL 8.
 * Primary keys are clustered, as {@code SELECT … FOR UPDATE} on TiDB asks for.
 */
public enum RaceTable {
  /** One row an item, with the count of what is left. */
  STOCK(
      """
      CREATE TABLE race_stock (
        item_id BIGINT NOT NULL,
        stock BIGINT NOT NULL,
        version BIGINT NOT NULL DEFAULT 0,
        PRIMARY KEY (item_id) /*T![clustered_index] CLUSTERED */
      )
      """),
  /** The count of an item, split over several rows. */
  STOCK_CELL(
      """
      CREATE TABLE race_stock_cell (
        item_id BIGINT NOT NULL,
        cell INT NOT NULL,
        stock BIGINT NOT NULL,
        PRIMARY KEY (item_id, cell) /*T![clustered_index] CLUSTERED */
      )
      """),
  /** One row a sale. */
  ORDER(
      """
      CREATE TABLE race_order (
        order_id BIGINT NOT NULL AUTO_INCREMENT,
        item_id BIGINT NOT NULL,
        buyer INT NOT NULL,
        quantity BIGINT NOT NULL,
        ordered_at DATETIME(6) NOT NULL,
        PRIMARY KEY (order_id) /*T![clustered_index] CLUSTERED */,
        KEY item (item_id)
      )
      """),
  /** One row a sale, with what is left after it. */
  LOG(
      """
      CREATE TABLE race_log (
        log_id BIGINT NOT NULL AUTO_INCREMENT,
        item_id BIGINT NOT NULL,
        buyer INT NOT NULL,
        quantity BIGINT NOT NULL,
        remaining BIGINT NOT NULL,
        PRIMARY KEY (log_id) /*T![clustered_index] CLUSTERED */,
        KEY item (item_id)
      )
      """),
  /** When an item is on sale. */
  WINDOW(
      """
      CREATE TABLE race_window (
        item_id BIGINT NOT NULL,
        opens_at DATETIME(6) NOT NULL,
        closes_at DATETIME(6) NOT NULL,
        PRIMARY KEY (item_id) /*T![clustered_index] CLUSTERED */
      )
      """),
  /** The moves of the proof of concept: no number, no balance. */
  MOVE(
      """
      CREATE TABLE race_move (
        move_id BIGINT NOT NULL AUTO_INCREMENT,
        item_id BIGINT NOT NULL,
        stock_increment BIGINT NOT NULL,
        date DATE NOT NULL,
        PRIMARY KEY (date, item_id, move_id) /*T![clustered_index] CLUSTERED */,
        KEY move_id (move_id)
      )
      """),
  /** The daily closings of the proof of concept. */
  CLOSING(
      """
      CREATE TABLE race_closing (
        item_id BIGINT NOT NULL,
        date DATE NOT NULL,
        sum_stock_increment BIGINT NOT NULL,
        PRIMARY KEY (item_id, date) /*T![clustered_index] CLUSTERED */
      )
      """),
  /** Moves with numbers and balances, in several lanes an item. */
  LANE_MOVE(
      """
      CREATE TABLE race_lane_move (
        item_id BIGINT NOT NULL,
        lane INT NOT NULL,
        move_no BIGINT NOT NULL,
        stock_increment BIGINT NOT NULL,
        stock_after BIGINT NOT NULL,
        request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        PRIMARY KEY (item_id, lane, move_no) /*T![clustered_index] CLUSTERED */
      )
      """),
  /** The bookshop's books. */
  BOOK(
      """
      CREATE TABLE race_book (
        book_id BIGINT NOT NULL,
        price BIGINT NOT NULL,
        stock BIGINT NOT NULL,
        PRIMARY KEY (book_id) /*T![clustered_index] CLUSTERED */
      )
      """),
  /** The bookshop's users and what they can spend on a book. */
  USER(
      """
      CREATE TABLE race_user (
        book_id BIGINT NOT NULL,
        user_id INT NOT NULL,
        opening_balance BIGINT NOT NULL,
        balance BIGINT NOT NULL,
        PRIMARY KEY (book_id, user_id) /*T![clustered_index] CLUSTERED */
      )
      """);

  private final String ddl;

  RaceTable(String ddl) {
    this.ddl = ddl;
  }

  /** Begins with {@code race_}. */
  public String tableName() {
    return "race_" + name().toLowerCase(Locale.ROOT);
  }

  String ddl() {
    return ddl;
  }

  /** All of them in one statement, whether they are there or not. */
  static String dropAll() {
    return Arrays.stream(values())
        .map(RaceTable::tableName)
        .collect(Collectors.joining(", ", "DROP TABLE IF EXISTS ", ""));
  }
}
