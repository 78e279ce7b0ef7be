package io.stockledger.ledger.closing;

import io.stockledger.db.Sql;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The statement of a list that has at most one row per item.
 *
 * @param bounds the parameters for the items after one item and up to another
 */
record ListQuery<R>(String sql, BiFunction<Long, Long, Object[]> bounds, Sql.RowMapper<R> mapper)
    implements ItemQuery<R> {

  @Override
  public Object[] parameters(long afterItem, long lastItem) {
    return bounds.apply(afterItem, lastItem);
  }

  @Override
  public Optional<R> read(ItemRows rows) throws SQLException {
    R row = mapper.map(rows.row());
    rows.next();
    return Optional.of(row);
  }
}
