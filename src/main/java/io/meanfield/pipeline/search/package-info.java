/**
 * A search for better settings: trainings with other settings of the network and its training, of
 * which the best is named. Each is a run of {@code train}.
 *
 * <p>Imports pipeline.train, pipeline.run, pipeline.settings, pipeline.housekeeping and every
 * package below them. Start reading at {@link io.meanfield.pipeline.search.SearchJob}.
 */
package io.meanfield.pipeline.search;
