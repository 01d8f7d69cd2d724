/**
 * Averages the states of all workers, weighted by example count: on the driver, or reduced in
 * slices on the executors if the states are large.
 *
 * <p>Imports batch (for threads), network and sparkui. Start reading at {@link
 * io.meanfield.train.averaging.AveragingRound}.
 */
package io.meanfield.train.averaging;
