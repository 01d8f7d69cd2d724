package io.meanfield.pipeline.train;

import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pretrain.Pretraining;
import io.meanfield.train.history.BestEpoch;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.History;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.Optional;

/** Keeps the best epoch of a training that writes no file. */
final class EpochsInMemory implements EpochStore {
  private final BestEpoch best;

  EpochsInMemory(EarlyStopping earlyStopping) {
    this.best = new BestEpoch(earlyStopping);
  }

  @Override
  public void loaded(List<ExecutorKernels> executors) {}

  @Override
  public Optional<TrainingState> resume(History history, TrainingListener progress) {
    return Optional.empty();
  }

  @Override
  public void pretrained(Pretraining pretraining) {}

  @Override
  public List<TrainingListener> listeners() {
    return List.of(best);
  }

  @Override
  public TrainingState chosen(TrainingState last) {
    return best.state().orElse(last);
  }
}
