package io.stockledger.proxy;

/**
 * One thing that a client asked for, as it arrived: what rules match and what {@link
 * FaultProxy#recorded()} lists.
 *
 * @param sequence 1, 2, 3 … over all connections, for as long as the proxy lives
 * @param point the same since {@link FaultProxy#resetPoints()}
 * @param connection 1 for the first connection that the proxy took, and so on; not the server's id
 * @param kind the command
 * @param schema the connection's default schema; empty when it has none yet
 * @param text SQL of QUERY, STMT_PREPARE and STMT_EXECUTE (the prepared text, with its question
 *     marks), the schema of INIT_DB; else empty
 */
public record Recorded(
    long sequence, long point, int connection, CommandKind kind, String schema, String text) {}
