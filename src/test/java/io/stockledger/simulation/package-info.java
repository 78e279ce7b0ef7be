/**
 * The protocol of an append without a database: every order of the steps of a few writers, a server
 * and faults. {@link io.stockledger.simulation.ProtocolTest} runs it; {@link
 * io.stockledger.simulation.Guard} lists what the answers rest on, with the place in the product.
 *
 * <p>Imports nothing of the product, because it says a second time what the product does.
 */
package io.stockledger.simulation;
