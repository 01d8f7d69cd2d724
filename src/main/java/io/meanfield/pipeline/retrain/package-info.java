/**
 * Retraining: new data are found and pass the gate, a challenger is trained and compared with the
 * champion, and is promoted or not. Also the command that trains a version again.
 *
 * <p>Imports pipeline.score, pipeline.train, pipeline.run and every package below them. Start
 * reading at {@link io.meanfield.pipeline.retrain.RetrainJob}.
 */
package io.meanfield.pipeline.retrain;
