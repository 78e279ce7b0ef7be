/**
 * The shell: many commands in one process, from a prompt or a script. May import {@code
 * cli.command}, {@code cli.connection}, {@code cli.failure}, {@code cli.option}, {@code
 * cli.output}, {@code file} and {@code text}.
 */
package io.stockledger.cli.shell;
