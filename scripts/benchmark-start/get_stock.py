"""Shows the stock of an item as stock get-stock does, for scripts/benchmark --part start.

Arguments: the database's URL for SQLAlchemy, and the item's number.
"""

import datetime
import sys

import sqlalchemy

LATEST_MOVE = sqlalchemy.text(
    """
    SELECT latest.stock_after, latest.book_date
    FROM items
    LEFT JOIN (
      SELECT item_id, stock_after, book_date
      FROM stock_moves FORCE INDEX (item_move)
      WHERE item_id = :item_id
      ORDER BY move_no DESC
      LIMIT 1
    ) AS latest ON latest.item_id = items.item_id
    WHERE items.item_id = :item_id
    """
)

SUM_AFTER_DAY = sqlalchemy.text(
    """
    SELECT COALESCE(SUM(stock_increment), 0)
    FROM stock_moves
    WHERE item_id = :item_id AND date > :day
    """
)


def main(url, item_id):
    day = datetime.date.today()
    engine = sqlalchemy.create_engine(url, isolation_level="READ COMMITTED")
    with engine.connect() as connection:
        found = connection.execute(LATEST_MOVE, {"item_id": item_id}).one_or_none()
        if found is None:
            sys.exit(f"Unknown item {item_id}.")
        stock, book_date = found.stock_after or 0, found.book_date
        if book_date is not None and book_date > day:
            stock -= connection.execute(
                SUM_AFTER_DAY, {"item_id": item_id, "day": day}
            ).scalar_one()
    engine.dispose()
    print(f"Calculated stock for item {item_id} on {day}: {stock}")


main(sys.argv[1], int(sys.argv[2]))
