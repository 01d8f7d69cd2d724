/**
 * Follows a run from its records alone, from another process than the one that works on it.
 *
 * <p>Imports pipeline.housekeeping, train, train.checkpoint, store and error. Start reading at
 * {@link io.meanfield.pipeline.watch.RunWatch}.
 */
package io.meanfield.pipeline.watch;
