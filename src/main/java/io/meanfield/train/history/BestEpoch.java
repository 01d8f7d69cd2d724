package io.meanfield.train.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the state after the best epoch in memory, for a training without checkpoints. */
public final class BestEpoch implements TrainingListener {
  private final EarlyStopping earlyStopping;
  private final List<EpochResult> epochs = new ArrayList<>();
  private Optional<TrainingState> state = Optional.empty();

  /**
   * Creates a listener.
   *
   * @param earlyStopping selects the best epoch
   */
  public BestEpoch(EarlyStopping earlyStopping) {
    this.earlyStopping = earlyStopping;
  }

  @Override
  public void epochEnded(EpochResult epoch, Optional<TrainingState> ended) {
    epochs.add(epoch);
    if (earlyStopping.isOn() && earlyStopping.best(epochs).equals(epoch)) {
      state = ended;
    }
  }

  /**
   * Returns the state after the best epoch; empty if early stopping is off, so that the last state
   * counts.
   */
  public Optional<TrainingState> state() {
    return state;
  }
}
