/**
 * The settings of a job: the sections of all packages, read once; what follows from the data, such
 * as sizes, last layer and loss, derived once; and what a run records of them.
 *
 * <p>Imports pipeline.page, pretrain and every package below them. Start reading at {@link
 * io.meanfield.pipeline.settings.JobSettings}, then {@link
 * io.meanfield.pipeline.settings.DerivedSettings}.
 */
package io.meanfield.pipeline.settings;
