package io.meanfield.pipeline.train;

import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pretrain.Pretraining;
import io.meanfield.train.history.History;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.Optional;

/**
 * Where the epochs of a training are kept: in memory, or in the directory of a run. Driver only.
 */
interface EpochStore {
  /** Called when the executors hold the shards. */
  void loaded(List<ExecutorKernels> executors);

  /**
   * Returns the state after the newest epoch that is kept, and reports the kept epochs; empty if
   * training begins.
   */
  Optional<TrainingState> resume(History history, TrainingListener progress);

  /** Called if training begins, after the layers have learned without labels. */
  void pretrained(Pretraining pretraining);

  /** Returns the listeners that keep the epochs. */
  List<TrainingListener> listeners();

  /** Returns the state that the model gets: after the best epoch, or the last one. */
  TrainingState chosen(TrainingState last);
}
