-- The ledger's tables, which setup-db creates. One text for TiDB, MariaDB and MySQL 8: what only
-- TiDB understands is in its version comments, which are plain comments to the others. The engine is
-- named because another one may be the server's default, and an engine without transactions keeps a
-- part of a statement that failed; TiDB ignores the name. No foreign keys: TiDB locks the parent row
-- for each row that is inserted.

CREATE TABLE IF NOT EXISTS items (
  item_id BIGINT NOT NULL,
  item_code VARCHAR(64) NOT NULL,
  name VARCHAR(255) NOT NULL,
  -- What makes two codes the same, as the program computes it (CodeIdentity.java): 'sake-101' for
  -- SAKE-101. Codes that look the same or differ in case only are taken for typing errors. No
  -- generated column: servers disagree about LOWER, and a dump of MariaDB with a generated column
  -- can't be read by MySQL and TiDB (error 3105). The identity of a code has at most four times its
  -- characters.
  code_identity VARCHAR(256) NOT NULL,
  -- Clustered: writers that queue lock this row, and TiDB is certain to lock a row only by its
  -- clustered key (docs.pingcap.com, pessimistic transactions).
  PRIMARY KEY (item_id) /*T![clustered_index] CLUSTERED */,
  UNIQUE KEY item_code (item_code),
  UNIQUE KEY code_identity (code_identity)
-- The version of all of these tables: setup-db of an older stock refuses tables of a newer version.
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'stock-ledger 1';

-- One row per move. Rows are inserted, never updated, never deleted. item_id and move_no identify a
-- move.
-- No AUTO_INCREMENT: on MariaDB an INSERT … SELECT that waits for a key of one item would hold the
-- table's AUTO-INC lock against the writers of all other items.
CREATE TABLE IF NOT EXISTS stock_moves (
  item_id BIGINT NOT NULL,
  stock_increment BIGINT NOT NULL,
  date DATE NOT NULL,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  -- 1, 2, 3 … for each item. Two writers cannot take the same number, because of the key item_move.
  move_no BIGINT NOT NULL,
  -- The sum of the item's increments up to this move.
  stock_after BIGINT NOT NULL,
  -- The latest date of the item's moves up to this one. It never goes back, so a late move is
  -- booked under the current day.
  book_date DATE NOT NULL,
  -- ascii_bin: compared byte for byte.
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- A request has the lines 1 … line_count, each a move; all of them are made, or none. Every request
  -- has a line 1, so two sendings of one id meet at the key request, whatever else they contain.
  line_no INT NOT NULL DEFAULT 1,
  line_count INT NOT NULL DEFAULT 1,
  -- A remark on the request, empty if there is none.
  note VARCHAR(255) NOT NULL DEFAULT '',
  -- A day and all moves recorded after it are one range, late moves included.
  PRIMARY KEY (book_date, item_id, move_no) /*T![clustered_index] CLUSTERED */,
  UNIQUE KEY item_move (item_id, move_no),
  UNIQUE KEY request (request_id, line_no),
  KEY item_date (item_id, date, move_no, stock_increment),
  -- A second fence; the first is the WHERE of each removal. TiDB drops the constraint unless
  -- tidb_enable_check_constraint is ON.
  CONSTRAINT stock_not_negative CHECK (stock_after >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The closings: a report that run-batch can compute again; no removal reads it. sum_stock_increment
-- is the sum of the moves dated up to date among the item's first move_no moves.
CREATE TABLE IF NOT EXISTS stock_moves_history (
  item_id BIGINT NOT NULL,
  date DATE NOT NULL,
  sum_stock_increment BIGINT NOT NULL,
  move_no BIGINT NOT NULL,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (item_id, date) /*T![clustered_index] CLUSTERED */
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The holds: requests whose units are held for a customer until they are committed, released or
-- expired. The row is written in the transaction of the moves of the request, which remove the
-- units. Rows are inserted, never updated, never deleted.
CREATE TABLE IF NOT EXISTS stock_holds (
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- In UTC, by the server's clock.
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (request_id) /*T![clustered_index] CLUSTERED */,
  KEY expires_at (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The ends of the holds: a hold has at most one, which the primary key decides, whoever comes first.
CREATE TABLE IF NOT EXISTS stock_hold_ends (
  -- That of the hold.
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- committed: the moves of the hold stay. released, or expired once its time was over: the opposite
  -- moves are made in the same transaction.
  outcome VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- In UTC, by the server's clock.
  ended_at DATETIME(6) NOT NULL,
  PRIMARY KEY (request_id) /*T![clustered_index] CLUSTERED */,
  CONSTRAINT hold_outcome CHECK (outcome IN ('committed', 'released', 'expired'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row per count of an item, also of one that found no difference. Rows are inserted, never
-- updated, never deleted. A count that found a difference corrects it by a move with the count's
-- request id, which is inserted in the same transaction.
CREATE TABLE IF NOT EXISTS stock_counts (
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_id BIGINT NOT NULL,
  date DATE NOT NULL,
  counted BIGINT NOT NULL,
  -- The sum of the moves dated up to date among the item's first move_no moves. counted minus this
  -- is the increment of the move that corrects it.
  ledger_stock BIGINT NOT NULL,
  move_no BIGINT NOT NULL,
  -- 1 if move_no was given with the count, 0 if it was the latest move when the count was made.
  move_given TINYINT NOT NULL,
  -- A remark on the count, empty if there is none.
  note VARCHAR(255) NOT NULL DEFAULT '',
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  -- Two sendings of one count meet here, whatever else they contain.
  PRIMARY KEY (request_id) /*T![clustered_index] CLUSTERED */,
  KEY item_count (item_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
