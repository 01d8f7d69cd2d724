/**
 * Writes a checkpoint and a record after every epoch, and resumes training from the newest complete
 * one.
 *
 * <p>Imports error, json, network, store and train.history. Start reading at {@link
 * io.meanfield.train.checkpoint.Checkpoints}.
 */
package io.meanfield.train.checkpoint;
