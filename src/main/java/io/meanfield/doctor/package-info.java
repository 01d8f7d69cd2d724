/**
 * Checks whether jobs can run on this driver and these executors: all checks for the command {@code
 * doctor}, the quick ones at the start of every job.
 *
 * <p>A process examines itself and returns a {@link io.meanfield.doctor.Finding} for each check.
 * Imports batch, data.source, engine, error, kernels, learner, network, store and store.file. Start
 * reading at {@link io.meanfield.doctor.ClusterCheck}.
 */
package io.meanfield.doctor;
