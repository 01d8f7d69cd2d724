/**
 * What all jobs share: a run's settings, identity, kernels, lease, status, page and interruption.
 * {@link io.meanfield.pipeline.run.RunSupervisor} takes a run from its start to its recorded end.
 *
 * <p>Imports pipeline.housekeeping, pipeline.page, pretrain and every package below them. Start
 * reading at {@link io.meanfield.pipeline.run.RunSupervisor}.
 */
package io.meanfield.pipeline.run;
