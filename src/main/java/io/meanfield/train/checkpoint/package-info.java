/**
 * Writes a checkpoint and a record after every epoch, and resumes training from the newest complete
 * one.
 *
 * <p>Imports train, network, store, json and error. Start reading at {@link
 * io.meanfield.train.checkpoint.Checkpoints}.
 */
package io.meanfield.train.checkpoint;
