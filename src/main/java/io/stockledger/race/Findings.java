package io.stockledger.race;

import io.stockledger.race.sale.FinalState;
import java.util.Map;

/**
 * What the database says after all buyers of a run have ended.
 *
 * @param items each item of the run, by its id
 * @param halves orders of which some lines are there and the others are not
 * @param unitsOutsideOfWindow units in orders outside of the sale's window
 */
record Findings(Map<Long, FinalState> items, long halves, long unitsOutsideOfWindow) {}
