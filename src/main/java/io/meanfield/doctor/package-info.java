/**
 * Checks whether jobs can run on this driver and these executors: all checks for the command {@code
 * doctor} ({@link io.meanfield.doctor.FullCheck}), the quick ones at the start of every job ({@link
 * io.meanfield.doctor.StartupCheck}).
 *
 * <p>A process observes itself ({@link io.meanfield.doctor.ProcessObservation}); each check is a
 * pure function from observations to a {@link io.meanfield.doctor.Finding}. Imports batch, engine,
 * engine.dl4j, learner, data, network, store and error. Start reading at {@link
 * io.meanfield.doctor.StartupCheck}.
 */
package io.meanfield.doctor;
