/**
 * The parts of retraining that no other job uses: its settings, the discovery of new data, and the
 * table of decisions. The job itself is {@code RetrainJob} in {@code pipeline.challenger}.
 *
 * <p>Imports data.formats, error, gate, promotion, settings, store, store.file and store.table.
 * Start reading at {@link io.meanfield.pipeline.retrain.Discovery}.
 */
package io.meanfield.pipeline.retrain;
