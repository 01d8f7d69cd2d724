package io.meanfield.train.history;

import java.util.ArrayList;
import java.util.List;

/** Ends training as {@link EarlyStopping} decides. */
public final class EarlyStoppingListener implements TrainingListener {
  private final EarlyStopping earlyStopping;
  private final List<EpochResult> epochs = new ArrayList<>();

  public EarlyStoppingListener(EarlyStopping earlyStopping) {
    this.earlyStopping = earlyStopping;
  }

  @Override
  public void epochEnded(EpochResult epoch, TrainingState state) {
    epochs.add(epoch);
  }

  @Override
  public boolean wantsAnotherEpoch() {
    return !earlyStopping.stopsAfter(epochs);
  }
}
