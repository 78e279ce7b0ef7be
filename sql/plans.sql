-- The statements whose plans matter on TiDB with TiFlash, each below the plan to expect. Run this
-- file after setup-db and some moves; it writes nothing, because EXPLAIN does not run the
-- statement. The statements are those of the product with values in place of the parameters;
-- PlansIT compares.

-- Latest move (get-stock, remove-stock-check). Expect: IndexLookUp on item_move, one range, keep
-- order, descending, with the Limit 1 below it; Point_Get on items. A TopN, or a range over all the
-- item's moves without the limit below it, is a bad plan.
EXPLAIN
SELECT items.item_id, latest.move_no, latest.stock_after, latest.book_date
FROM items
LEFT JOIN (
  SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
    item_id, move_no, stock_after, book_date
  FROM stock_moves FORCE INDEX (item_move)
  WHERE item_id = 101
  ORDER BY move_no DESC
  LIMIT 1
) AS latest ON latest.item_id = items.item_id
WHERE items.item_id = 101;

-- remove-stock-atomic. Expect: Insert at the root over the same look-up.
EXPLAIN
INSERT INTO stock_moves
  (item_id, stock_increment, date, move_no, stock_after, book_date, request_id, note)
SELECT latest.item_id, -15, '2025-09-19', latest.move_no + 1, latest.stock_after - 15, '2025-09-19', 'plans', ''
FROM (
  SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
    item_id, move_no, stock_after, book_date
  FROM stock_moves FORCE INDEX (item_move)
  WHERE item_id = 101
  ORDER BY move_no DESC
  LIMIT 1
) AS latest
WHERE latest.stock_after >= 15 AND latest.book_date <= '2025-09-19';

-- get-stock of a day before the latest move. Expect: IndexReader on item_date, one range, no
-- look-up into the table.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ COALESCE(SUM(stock_increment), 0)
FROM stock_moves FORCE INDEX (item_date)
WHERE item_id = 101 AND date > '2025-09-19' AND move_no <= 5;

-- get-stock of several items: this for each item, with UNION ALL between. Expect: Point_Get on items;
-- the look-up of the latest move as above; IndexReader on item_date, one range. No scan of more than
-- the moves dated after the day.
EXPLAIN
SELECT items.item_id, latest.move_no, latest.stock_after, later.increment_after_day
FROM items
LEFT JOIN (
  SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
    item_id, move_no, stock_after, book_date
  FROM stock_moves FORCE INDEX (item_move)
  WHERE item_id = 101
  ORDER BY move_no DESC
  LIMIT 1
) AS latest
ON latest.item_id = items.item_id
LEFT JOIN (
  SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
    item_id, SUM(stock_increment) AS increment_after_day
  FROM stock_moves FORCE INDEX (item_date)
  WHERE item_id = 101 AND date > '2025-09-19'
  GROUP BY item_id
) AS later
ON later.item_id = items.item_id
WHERE items.item_id = 101;

-- The item that has a code (--item-code). Expect: Point_Get on the unique key code_identity.
EXPLAIN
SELECT item_id, item_code, name FROM items WHERE code_identity = 'sake-101';

-- The first lines of up to 500 requests. Expect: Point_Get, with more ids Batch_Point_Get or ranges of
-- one key each, on the unique key request.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
  item_id, stock_increment, date, request_id, line_count, note, move_no
FROM stock_moves FORCE INDEX (request)
WHERE request_id IN ('plans') AND line_no = 1;

-- import, and requests of several items: the latest moves of up to 500 items. Expect: for each item one probe of item_move from its
-- end, with the Limit 1 below it (an Apply over the items), then one of item_move for the move. A scan
-- of all moves of an item is a bad plan.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[latest]) */
  last_move.item_id, latest.move_no, latest.stock_after, latest.book_date
FROM (
  SELECT items.item_id, (
    SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ stock_moves.move_no
    FROM stock_moves FORCE INDEX (item_move)
    WHERE stock_moves.item_id = items.item_id
    ORDER BY stock_moves.item_id DESC, stock_moves.move_no DESC
    LIMIT 1
  ) AS move_no
  FROM items FORCE INDEX (PRIMARY)
  WHERE items.item_id IN (101)
) AS last_move
LEFT JOIN stock_moves AS latest FORCE INDEX (item_move)
  ON latest.item_id = last_move.item_id AND latest.move_no = last_move.move_no;

-- All lines of requests that have several. Expect: IndexLookUp on the unique key request, one range per
-- request, keep order.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
  item_id, stock_increment, date, request_id, line_count, note, move_no
FROM stock_moves FORCE INDEX (request)
WHERE request_id IN ('plans')
ORDER BY request_id, line_no;

-- The days after a day, for up to 100 items (removals on an earlier day). Expect: IndexReader on item_date, one range per
-- item, no look-up into the table.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, date, SUM(stock_increment)
FROM stock_moves FORCE INDEX (item_date)
WHERE (item_id = 101 AND date > '2025-09-19' AND move_no <= 5)
GROUP BY item_id, date;

-- count-stock: what a count is compared with, the moves of up to 100 items at numbers. Expect: IndexLookUp
-- or Point_Get on item_move, one range per item.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, move_no, stock_after, book_date
FROM stock_moves FORCE INDEX (item_move)
WHERE (item_id = 101 AND move_no = 4);

-- count-stock: the counts of up to 500 requests. Expect: Point_Get or Batch_Point_Get on the primary key.
EXPLAIN
SELECT request_id, item_id, date, counted, ledger_stock, move_no, move_given, note, updated_at
FROM stock_counts
WHERE request_id IN ('plans');

-- count-stock --file: whether any line is counted already. Expect: one range of the primary key, with the
-- limit below the reader.
EXPLAIN
SELECT request_id
FROM stock_counts
WHERE request_id BETWEEN 'plans' AND 'plans:1'
ORDER BY request_id
LIMIT 1;

-- run-batch reads. Expect: a Sort at the root, of one row per item, over a TableReader with
-- mpp[tiflash] all the way: a range scan on book_date and HashAgg by item. cop[tikv] or an
-- aggregation at the root means that TiFlash is not used: no copy of the table yet.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
  item_id,
  MAX(book_date) AS last_book_date,
  MAX(move_no) AS last_no,
  SUM(CASE WHEN date > '2025-09-19' THEN stock_increment ELSE 0 END) AS increment_after_day,
  COUNT(CASE WHEN date = '2025-09-19' THEN 1 END) AS moves
FROM stock_moves
WHERE book_date >= '2025-09-19' AND item_id > 0 AND item_id <= 9223372036854775807
GROUP BY item_id
HAVING COUNT(CASE WHEN date = '2025-09-19' THEN 1 END) > 0
ORDER BY item_id;

-- run-batch reads a span of days. Expect: the same scan, mpp[tiflash], and HashAgg by item and day.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
  item_id,
  date AS day_of_span,
  SUM(stock_increment) AS increment,
  MAX(book_date) AS last_book_date,
  MAX(move_no) AS last_no,
  COUNT(*) AS moves
FROM stock_moves
WHERE book_date >= '2025-09-19' AND item_id > 0 AND item_id <= 9223372036854775807
GROUP BY item_id, date
ORDER BY item_id, date;

-- The stocks after the latest moves of up to 2,000 items. Expect: Point_Get, or with more items
-- Batch_Point_Get, on the clustered key.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, stock_after
FROM stock_moves FORCE INDEX (PRIMARY)
WHERE (book_date, item_id, move_no) IN (('2025-09-19', 101, 4));

-- The same of one move whose book_date is damaged. Expect: Point_Get on the unique key item_move.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ stock_after
FROM stock_moves FORCE INDEX (item_move)
WHERE item_id = 101 AND move_no = 4;

-- run-batch --catch-up and --stale: which closings are due. Expect: a HashJoin of both tables and
-- HashAgg by item and day, mpp[tiflash].
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIFLASH[moved, closing]) */
  moved.item_id, moved.date, MAX(moved.move_no) AS last_no, MAX(closing.move_no) AS closing_no
FROM stock_moves AS moved
LEFT JOIN stock_moves_history AS closing
  ON closing.item_id = moved.item_id AND closing.date = moved.date
WHERE moved.item_id > 0 AND moved.item_id <= 9223372036854775807
GROUP BY moved.item_id, moved.date
ORDER BY moved.item_id, moved.date;

-- Then, for up to 100 items with such closings, the stocks after their latest moves. Expect:
-- Point_Get, or with more items Batch_Point_Get, on the unique key item_move.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, stock_after
FROM stock_moves FORCE INDEX (item_move)
WHERE (item_id, move_no) IN ((101, 4));

-- And their days from the first of these closings on. Expect: IndexReader on item_date, one range per
-- item, no look-up into the table.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
  item_id, date, SUM(stock_increment) AS increment, COUNT(*) AS moves
FROM stock_moves FORCE INDEX (item_date)
WHERE (item_id = 101 AND date >= '2025-09-19' AND move_no <= 4)
GROUP BY item_id, date
ORDER BY item_id, date;

-- After a late move: which of the items have closings from a day on. Expect: ranges on the primary
-- key, one per item.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ DISTINCT item_id
FROM stock_moves_history
WHERE (item_id = 101 AND date >= '2025-09-19');

-- The next three compute the stale closings of an item. Expect: a range on the primary key; the
-- one-row look-up of the latest move on item_move; an IndexReader with a range on item_date.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ date, move_no
FROM stock_moves_history
WHERE item_id = 101 AND date >= '2025-09-19'
ORDER BY date;

EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ move_no, stock_after
FROM stock_moves FORCE INDEX (item_move)
WHERE item_id = 101
ORDER BY move_no DESC
LIMIT 1;

EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
  date, SUM(stock_increment) AS increment, MAX(move_no) AS last_no, COUNT(*) AS moves
FROM stock_moves FORCE INDEX (item_date)
WHERE item_id = 101 AND date >= '2025-09-19' AND move_no <= 4
GROUP BY date
ORDER BY date;

-- run-batch writes, with up to 2,000 rows: closings that are new, or, if one of them is there, all by
-- the second statement. Expect: Insert at the root and nothing below it.
EXPLAIN
INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)
VALUES (101, '2025-09-19', 80, 4);

EXPLAIN
INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)
VALUES (101, '2025-09-19', 80, 4)
ON DUPLICATE KEY UPDATE
  updated_at = CASE WHEN VALUES(move_no) >= stock_moves_history.move_no
    THEN CURRENT_TIMESTAMP(6) ELSE stock_moves_history.updated_at END,
  sum_stock_increment = CASE WHEN VALUES(move_no) >= stock_moves_history.move_no
    THEN VALUES(sum_stock_increment) ELSE stock_moves_history.sum_stock_increment END,
  move_no = GREATEST(VALUES(move_no), stock_moves_history.move_no);

-- How many moves the closings just written count. Expect: Point_Get, or with more closings
-- Batch_Point_Get, on the primary key.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ item_id, date, move_no
FROM stock_moves_history FORCE INDEX (PRIMARY)
WHERE (item_id, date) IN ((101, '2025-09-19'));

-- Which items of a chunk have a move after the last one that was counted. Expect: Point_Get, or with
-- more items Batch_Point_Get, on the unique key item_move.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id
FROM stock_moves FORCE INDEX (item_move)
WHERE (item_id, move_no) IN ((101, 5));

-- The earliest day of such moves of an item. Expect: IndexLookUp with a range on item_move, which has
-- few rows.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ MIN(date) AS first_day
FROM stock_moves FORCE INDEX (item_move)
WHERE item_id = 101 AND move_no > 4;

-- The number of the latest move of an item whose closing counts more moves. Expect: IndexReader on
-- item_move, descending, with the Limit 1 below it.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ MAX(move_no)
FROM stock_moves
WHERE item_id = 101;

-- The bounds of the items that run-batch halves if TiDB has not enough memory for all of them.
-- Expect: two TableReaders on items, one of them descending, each with a Limit 1 below it.
EXPLAIN
SELECT MIN(item_id), MAX(item_id) FROM items WHERE item_id > 0 AND item_id <= 9223372036854775807;

-- daily-summary. Expect: the same scan and HashAgg, mpp[tiflash]; above them, of one row per item, the
-- join with the items and the Sort.
EXPLAIN
SELECT
  moved.item_id,
  COALESCE(items.item_code, '') AS item_code, COALESCE(items.name, '') AS name,
  moved.additions, moved.removals, moved.moves
FROM (
  SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
    item_id,
    SUM(CASE WHEN stock_increment > 0 THEN stock_increment ELSE 0 END) AS additions,
    SUM(CASE WHEN stock_increment < 0 THEN -stock_increment ELSE 0 END) AS removals,
    COUNT(*) AS moves
  FROM stock_moves
  WHERE book_date >= '2025-09-19' AND date = '2025-09-19'
  GROUP BY item_id
) AS moved
LEFT JOIN items ON items.item_id = moved.item_id
ORDER BY moved.item_id;

-- A page of export and of list-moves. Expect: IndexLookUp on item_move, keep order, with the Limit
-- below it; two ranges: the rest of the item of the last move, and the items after it. A Sort or a TopN
-- is a bad plan: each page would read all moves that are left.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
  item_id, move_no, date, stock_increment, stock_after, request_id, line_no, line_count, note,
  updated_at
FROM stock_moves FORCE INDEX (item_move)
WHERE ((item_id = 101 AND move_no > 5000) OR (item_id > 101 AND item_id <= 9223372036854775807))
ORDER BY item_id, move_no
LIMIT 5000;

-- The same with --from and --to. Expect: the same look-up, with the Limit above it and the conditions
-- below it.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
  item_id, move_no, date, stock_increment, stock_after, request_id, line_no, line_count, note,
  updated_at
FROM stock_moves FORCE INDEX (item_move)
WHERE ((item_id = 101 AND move_no > 5000) OR (item_id > 101 AND item_id <= 9223372036854775807))
  AND book_date >= '2025-09-19' AND date >= '2025-09-19' AND date <= '2025-09-20'
ORDER BY item_id, move_no
LIMIT 5000;

-- list-moves --limit 10. Expect: the same look-up, descending, of the one item.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ move_no
FROM stock_moves FORCE INDEX (item_move)
WHERE item_id = 101 AND book_date >= '2025-09-19' AND date >= '2025-09-19' AND date <= '2025-09-20'
ORDER BY move_no DESC
LIMIT 1 OFFSET 9;

-- list-moves --request-id. Expect: IndexLookUp on the unique key request, one range, keep order.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
  item_id, move_no, date, stock_increment, stock_after, request_id, line_no, line_count, note,
  updated_at
FROM stock_moves FORCE INDEX (request)
WHERE request_id = 'plans'
ORDER BY request_id, line_no;

-- The holds that moves of export and list-moves are, for up to 500 requests. Expect: Point_Get, or with
-- more requests Batch_Point_Get, on the primary keys.
EXPLAIN
SELECT hold.request_id, hold.expires_at, hold_end.outcome, hold_end.ended_at
FROM stock_holds AS hold
LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
WHERE hold.request_id IN ('plans');

-- hold-stock, in the transaction of its moves. Expect: Insert at the root and nothing below it; then
-- Point_Get on the primary key.
EXPLAIN
INSERT INTO stock_holds (request_id, expires_at)
VALUES ('plans', CAST(@stock_now AS DATETIME(6)) + INTERVAL 900000000 MICROSECOND);

EXPLAIN
SELECT request_id, expires_at FROM stock_holds WHERE request_id IN ('plans');

-- How holds stand. Expect: Point_Get, or with more holds Batch_Point_Get, on the primary keys.
EXPLAIN
SELECT hold.request_id, hold.expires_at <= UTC_TIMESTAMP(6) AS is_overdue, hold_end.outcome
FROM stock_holds AS hold
LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
WHERE hold.request_id IN ('plans');

-- commit-hold. Expect: Insert at the root over Point_Get, or with more holds Batch_Point_Get, on the
-- primary key.
EXPLAIN
INSERT INTO stock_hold_ends (request_id, outcome, ended_at)
SELECT request_id, 'committed', UTC_TIMESTAMP(6)
FROM stock_holds
WHERE request_id IN ('plans') AND expires_at > UTC_TIMESTAMP(6);

-- release-hold, in the transaction of the opposite moves. Expect: Insert at the root.
EXPLAIN
INSERT INTO stock_hold_ends (request_id, outcome, ended_at)
VALUES ('plans', 'released', UTC_TIMESTAMP(6));

-- A page of list-holds. Expect: a join of IndexReader on expires_at, which has the request id too, with
-- the ends; no look-up into the holds. It looks at all holds that were ever made.
EXPLAIN
SELECT hold.request_id, hold.expires_at, hold.expires_at <= UTC_TIMESTAMP(6) AS is_overdue
FROM stock_holds AS hold FORCE INDEX (expires_at)
LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
WHERE hold_end.request_id IS NULL
  AND hold.expires_at >= '2025-09-19'
  AND (hold.expires_at > '2025-09-19' OR hold.request_id > 'plans')
ORDER BY hold.expires_at, hold.request_id
LIMIT 200;

-- A page of release-hold --expired. Expect: the same, with a range up to now on expires_at.
EXPLAIN
SELECT hold.request_id, hold.expires_at, hold.expires_at <= UTC_TIMESTAMP(6) AS is_overdue
FROM stock_holds AS hold FORCE INDEX (expires_at)
LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
WHERE hold_end.request_id IS NULL
  AND hold.expires_at >= '2025-09-19'
  AND (hold.expires_at > '2025-09-19' OR hold.request_id > 'plans')
  AND hold.expires_at <= UTC_TIMESTAMP(6)
ORDER BY hold.expires_at, hold.request_id
LIMIT 200;

-- list-stock. Expect: two TableReaders over mpp[tiflash] that each return one row per item: HashAgg by
-- item and HashJoin with the moves of the highest number; and a range scan on book_date with HashAgg.
-- They are joined with the items at the root. A reader that returns all moves to the root is a bad
-- plan.
EXPLAIN
SELECT
  items.item_id, items.item_code, items.name,
  COALESCE(newest.stock_after, 0) AS stock_after,
  COALESCE(later.increment_after_day, 0) AS increment_after_day
FROM items
LEFT JOIN (
  SELECT /*+ READ_FROM_STORAGE(TIFLASH[latest]) */ latest.item_id, latest.stock_after
  FROM (
    SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, MAX(move_no) AS move_no
    FROM stock_moves
    WHERE item_id > 0 AND item_id <= 9223372036854775807
    GROUP BY item_id
  ) AS numbered
  JOIN stock_moves AS latest
    ON latest.item_id = numbered.item_id AND latest.move_no = numbered.move_no
) AS newest ON newest.item_id = items.item_id
LEFT JOIN (
  SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
    item_id, SUM(stock_increment) AS increment_after_day
  FROM stock_moves
  WHERE book_date > '2025-09-19' AND date > '2025-09-19'
    AND item_id > 0 AND item_id <= 9223372036854775807
  GROUP BY item_id
) AS later ON later.item_id = items.item_id
WHERE items.item_id > 0 AND items.item_id <= 9223372036854775807
ORDER BY items.item_id;

-- list-closings. Expect: the closings by their primary key, one probe per item; a range scan on
-- book_date with HashAgg by item, mpp[tiflash]; the joins at the root, of one row per item.
EXPLAIN
SELECT /*+ READ_FROM_STORAGE(TIKV[closing]) */
  closing.item_id, closing.sum_stock_increment, closing.move_no, closing.updated_at,
  COALESCE(moved.move_no, 0) AS last_no
FROM items
JOIN stock_moves_history AS closing
  ON closing.item_id = items.item_id AND closing.date = '2025-09-19'
LEFT JOIN (
  SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, MAX(move_no) AS move_no
  FROM stock_moves
  WHERE book_date >= '2025-09-19' AND date <= '2025-09-19'
    AND item_id > 0 AND item_id <= 9223372036854775807
  GROUP BY item_id
) AS moved ON moved.item_id = items.item_id
WHERE items.item_id > 0 AND items.item_id <= 9223372036854775807
ORDER BY items.item_id;
