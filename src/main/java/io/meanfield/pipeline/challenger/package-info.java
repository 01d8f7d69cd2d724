/**
 * Retraining: new data pass the gate, a challenger is trained and compared with the champion, and
 * is promoted or not. Also the command that trains a version again, and the examination of a
 * cluster.
 *
 * <p>Imports pipeline.score, pipeline.train, pipeline.run, pipeline.retrain and every package below
 * them. Start reading at {@link io.meanfield.pipeline.challenger.RetrainJob}.
 */
package io.meanfield.pipeline.challenger;
