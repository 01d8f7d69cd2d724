/**
 * Training by parameter averaging: rounds of stateless tasks on sharded data, the weighted mean
 * between them, and listeners that look on.
 *
 * <p>Imports evaluate (for the validation score), data, network, store and settings. Start reading
 * at {@link io.meanfield.train.Trainer}, then {@link io.meanfield.train.GroupTask}, which is what
 * an executor runs.
 */
package io.meanfield.train;
