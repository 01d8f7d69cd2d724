/**
 * Housekeeping of runs: which runs there are, what they are needed for, and the deletion of old
 * ones.
 *
 * <p>Imports reinforce, registry, store, settings and error. Start reading at {@link
 * io.meanfield.pipeline.housekeeping.RunInventory}, then {@link
 * io.meanfield.pipeline.housekeeping.RunCleanup}.
 */
package io.meanfield.pipeline.housekeeping;
