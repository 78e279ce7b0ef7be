# stock in a container, from the package that "mvn -DskipTests package" makes:
#   docker build -t stock .
#   docker run --rm --read-only -e STOCK_DB_URL=jdbc:mysql://HOST:4000/stock stock status
# The archive of Java's classes is made while the package is installed, so nothing is written when a
# command runs: it needs no folder to write to. A command that reads stdin as a file (import -) copies it
# to /tmp first: add --tmpfs /tmp for that.
FROM debian:bookworm-slim

COPY target/stock-ledger_*_all.deb /tmp/
RUN apt-get update \
    && apt-get install -y --no-install-recommends /tmp/stock-ledger_*_all.deb \
    && rm -rf /var/lib/apt/lists/* /tmp/stock-ledger_*_all.deb

# The user that the package makes. The launcher becomes the Java that it starts, so a SIGTERM reaches it.
USER stock
ENTRYPOINT ["/usr/bin/stock"]
