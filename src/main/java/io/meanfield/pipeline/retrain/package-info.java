/**
 * The parts of retraining that no other job uses: its settings, the discovery of new data, and the
 * table of decisions. The job itself is {@code RetrainJob} in the package above.
 *
 * <p>Imports gate, data.formats, promotion, store, settings and error. Start reading at {@link
 * io.meanfield.pipeline.retrain.Discovery}.
 */
package io.meanfield.pipeline.retrain;
