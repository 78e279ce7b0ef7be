-- Asks TiDB to keep a copy of both tables on TiFlash. setup-db runs this file on TiDB only, and
-- then waits until INFORMATION_SCHEMA.TIFLASH_REPLICA says that the copies can be read.

ALTER TABLE stock_moves SET TIFLASH REPLICA 1;

ALTER TABLE stock_moves_history SET TIFLASH REPLICA 1;
