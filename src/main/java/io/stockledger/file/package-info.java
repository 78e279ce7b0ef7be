/**
 * Files: those that are read several times and must be the same each time, those that are written
 * whole or not at all, and temporary ones. May import nothing.
 */
package io.stockledger.file;
