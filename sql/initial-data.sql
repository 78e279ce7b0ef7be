-- The first item and its first stock. Every setup-db runs this file; it changes nothing that
-- exists.

INSERT INTO items (item_id, item_code, name, code_identity)
VALUES (101, 'SAKE-101', '純米大吟醸 720ml', 'sake-101')
ON DUPLICATE KEY UPDATE item_id = items.item_id;

INSERT INTO stock_moves
  (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
SELECT items.item_id, 100, '2025-09-19', 1, 100, '2025-09-19', 'initial-data'
FROM items
WHERE items.item_id = 101 AND items.item_code = 'SAKE-101'
ON DUPLICATE KEY UPDATE stock_increment = stock_moves.stock_increment;
