/**
 * Training by parameter averaging: rounds of stateless Spark tasks on sharded data, the weighted
 * average of their states between rounds, and listeners that observe rounds and epochs.
 *
 * <p>Imports evaluate (for the validation score) and every package below it. Start reading at
 * {@link io.meanfield.train.Trainer}, then {@link io.meanfield.train.GroupTask}, which an executor
 * runs.
 */
package io.meanfield.train;
