package io.meanfield.train.history;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Selects the best epoch and decides when training stops early. It equals Keras' {@code
 * EarlyStopping(monitor, patience, min_delta, restore_best_weights=True)} with three differences:
 * without validation examples it monitors the training loss, a patience of 0 turns it off (in
 * Keras, 0 has the effect of 1), and training stops at a loss that is as good as zero. The whole
 * checkpoint of the best epoch is restored, including the optimizer's state.
 *
 * @param patience number of epochs without an improvement on the best one after which training
 *     stops. If it is above 0, the model is that of the best epoch, even if all epochs were
 *     trained. If it is 0, training never stops early, and the model is that of the last epoch
 * @param monitor the metric by which epochs are compared
 * @param periods of the schedule of the learning rate, each twice as long as the one before it:
 *     training also stops at the end of a period that has brought no better epoch; 0 for none
 * @param epochs of the whole training, at whose end the last period ends
 */
@DefaultSerializer(JavaSerializer.class)
public record EarlyStopping(int patience, Monitor monitor, int periods, int epochs)
    implements Serializable {
  /** The key of the patience. */
  public static final String KEY = "train.early-stopping.patience";

  // Of a thousand examples, whose classes then have together a probability of 99.9 %; other epochs
  // could hardly be told from that one.
  static final double ZERO_LOSS = 1e-6;

  /** Trains all epochs and keeps the weights of the last one. */
  public static final EarlyStopping OFF = new EarlyStopping(0);

  /** Creates early stopping without periods. */
  public EarlyStopping(int patience, Monitor monitor) {
    this(patience, monitor, 0, 0);
  }

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
  public boolean stopsAfter(List<EpochResult> results) {
    if (!isOn() || results.isEmpty()) {
      return false;
    }
    int best = best(results).epoch();
    int last = results.get(results.size() - 1).epoch();
    return endsAtZero(results) || last - best >= patience || endsPeriodInVain(last, best);
  }

  /**
   * Returns whether the best loss is as good as zero. With periods, the end of one is awaited,
   * where the learning rate is low: a few examples can be right by chance in a wild epoch.
   */
  public boolean endsAtZero(List<EpochResult> results) {
    int last = results.get(results.size() - 1).epoch();
    return monitor.isLoss()
        && monitor.value(best(results)) < ZERO_LOSS
        && (periods == 0 || IntStream.range(1, periods).anyMatch(period -> last == end(period)));
  }

  // The first period has no other before it, and the last one ends training anyway.
  private boolean endsPeriodInVain(int last, int best) {
    return IntStream.range(2, periods)
        .anyMatch(period -> last == end(period) && best <= end(period - 1));
  }

  /** Returns the last epoch of a period. */
  private int end(int period) {
    int units = (1 << periods) - 1; // the first period has the length 1
    return (int) (((long) epochs * ((1 << period) - 1) + units - 1) / units);
  }

  /**
   * Reads {@code train.early-stopping}.
   *
   * @param epochs of the training
   */
  public static EarlyStopping read(Section earlyStopping, int epochs) {
    return new EarlyStopping(
        earlyStopping.integerOr("auto", "patience", 0).orElse(0),
        Monitor.read(earlyStopping),
        earlyStopping.integer("periods", 0),
        epochs);
  }
}
