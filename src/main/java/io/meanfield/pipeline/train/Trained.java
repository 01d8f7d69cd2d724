package io.meanfield.pipeline.train;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.network.Model;
import io.meanfield.store.RunResult;
import io.meanfield.train.TrainingData;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.History;
import java.util.List;
import java.util.Optional;

/**
 * A trained model, whose shards stay cached until it is closed. Driver only.
 *
 * @param encoder of the examples, with the background rows of the model; empty for images without a
 *     table
 * @param notes sentences about problems
 * @param beganNanos when training began, on the clock of {@link System#nanoTime}
 */
record Trained(
    TrainingResult result,
    Optional<TableEncoder> encoder,
    History history,
    List<String> notes,
    TrainingData shards,
    long beganNanos)
    implements AutoCloseable {

  Model model() {
    return result.model();
  }

  /** Returns one sentence about the training and its losses. */
  String summary(EarlyStopping earlyStopping) {
    return TrainSummary.of(history, earlyStopping, model().threshold());
  }

  /** Returns the metrics of the epoch whose weights the model has, and those of its validation. */
  RunResult metrics(EarlyStopping earlyStopping) {
    return result.result(TrainSummary.metrics(history, earlyStopping));
  }

  @Override
  public void close() {
    shards.release();
  }
}
