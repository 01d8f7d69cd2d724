package io.meanfield.train.history;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;

/**
 * Selects the best epoch and decides when training stops early. It equals Keras' {@code
 * EarlyStopping(monitor, patience, min_delta, restore_best_weights=True)} with two differences:
 * without validation examples it monitors the training loss, and a patience of 0 turns it off (in
 * Keras, 0 has the effect of 1). The whole checkpoint of the best epoch is restored, including the
 * optimizer's state.
 *
 * @param patience number of epochs without an improvement on the best one after which training
 *     stops. If it is above 0, the model is that of the best epoch, even if all epochs were
 *     trained. If it is 0, training never stops early, and the model is that of the last epoch
 * @param monitor the metric by which epochs are compared
 */
@DefaultSerializer(JavaSerializer.class)
public record EarlyStopping(int patience, Monitor monitor) implements Serializable {
  /** The key of the patience. */
  public static final String KEY = "train.early-stopping.patience";

  /** Trains all epochs and keeps the weights of the last one. */
  public static final EarlyStopping OFF = new EarlyStopping(0);

  /** Creates early stopping that monitors the loss. */
  public EarlyStopping(int patience) {
    this(patience, Monitor.LOSS);
  }

  /** Returns whether training may stop early and keeps the weights of the best epoch. */
  public boolean isOn() {
    return patience > 0;
  }

  /**
   * Returns the best epoch: the first one until another improves on it. So only the newest epoch
   * can become the best, and its checkpoint still exists. Epochs that pre-trained a single layer do
   * not compete: before the first epoch that trained the network, the newest epoch is returned.
   *
   * @param epochs all epochs so far, in order; at least one
   */
  public EpochResult best(List<EpochResult> epochs) {
    EpochResult best = epochs.get(0);
    for (EpochResult epoch : epochs) {
      if (monitor.isBetter(epoch, best)) {
        best = epoch;
      }
    }
    return best;
  }

  /** Returns whether training stops after these epochs. */
  public boolean stopsAfter(List<EpochResult> epochs) {
    return isOn()
        && !epochs.isEmpty()
        && epochs.get(epochs.size() - 1).epoch() - best(epochs).epoch() >= patience;
  }

  public static EarlyStopping read(Section earlyStopping) {
    return new EarlyStopping(
        earlyStopping.integerOr("auto", "patience", 0).orElse(0), Monitor.read(earlyStopping));
  }
}
