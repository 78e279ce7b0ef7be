-- Asks TiDB to keep a copy of both tables on TiFlash. Run by setup-db on TiDB only; it then waits
-- until INFORMATION_SCHEMA.TIFLASH_REPLICA says that the copies are there.

ALTER TABLE stock_moves SET TIFLASH REPLICA 1;

ALTER TABLE stock_moves_history SET TIFLASH REPLICA 1;
