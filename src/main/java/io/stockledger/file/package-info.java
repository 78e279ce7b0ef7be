/**
 * Files: those that are read several times and must be the same each time, those that are written
 * whole or not at all, temporary ones, and CSV. May import {@code text}.
 */
package io.stockledger.file;
