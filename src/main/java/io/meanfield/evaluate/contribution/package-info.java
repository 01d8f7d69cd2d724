/**
 * Divides the output of a network for one row between the columns of its table: how much each of
 * them moves the output away from that of the average background row.
 *
 * <p>Imports batch, data, data.encoding, error, evaluate.metric, network and random. Start reading
 * at {@link io.meanfield.evaluate.contribution.Contributions}.
 */
package io.meanfield.evaluate.contribution;
