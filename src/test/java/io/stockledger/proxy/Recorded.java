package io.stockledger.proxy;

/**
 * One command of a client, as it arrived: rules match it, and {@link FaultProxy#recorded()} lists
 * it.
 *
 * @param sequence 1, 2, 3 … over all connections of the proxy
 * @param point 1, 2, 3 … over all connections since {@link FaultProxy#resetPoints()}
 * @param connection 1 for the first connection that the proxy accepted, and so on; not the server's
 *     connection id
 * @param kind the command
 * @param schema the connection's default schema; empty if it has none
 * @param text the SQL of QUERY, STMT_PREPARE and STMT_EXECUTE (the prepared text, with its question
 *     marks), or the schema of INIT_DB; otherwise empty
 */
public record Recorded(
    long sequence, long point, int connection, CommandKind kind, String schema, String text) {}
