/**
 * What all jobs share: a run's identity, kernels, lease, status, page and interruption. {@link
 * io.meanfield.pipeline.run.RunSupervisor} takes a run from its start to its recorded end.
 *
 * <p>Imports pipeline.housekeeping, pipeline.page, pipeline.settings and every package below them.
 * Start reading at {@link io.meanfield.pipeline.run.RunSupervisor}.
 */
package io.meanfield.pipeline.run;
