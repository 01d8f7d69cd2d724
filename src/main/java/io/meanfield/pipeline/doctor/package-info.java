/**
 * The command {@code doctor}: checks whether jobs can run on this driver and these executors.
 *
 * <p>A process observes itself ({@link io.meanfield.pipeline.doctor.ProcessObservation}); each
 * check is a pure function from observations to a {@link io.meanfield.pipeline.doctor.Finding}.
 * Imports pipeline, which must not import this package, and every package below pipeline. Start
 * reading at {@link io.meanfield.pipeline.doctor.DoctorJob}.
 */
package io.meanfield.pipeline.doctor;
