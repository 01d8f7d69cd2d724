package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;

/**
 * Which epoch is the best, and when training has waited long enough for a better one. It is Keras'
 * {@code EarlyStopping(monitor="val_loss", patience, min_delta, restore_best_weights=True)}, with
 * two differences: where there are no validation examples it goes by the training loss, and a
 * patience of 0 turns it off (in Keras, 0 stops as 1 does). Restored is all that the best epoch's
 * checkpoint holds, the optimizer's state too.
 *
 * @param patience epochs without an improvement on the best after which training stops; with it the
 *     model is the best epoch's, whether training stopped or ran out of epochs; 0 for never, and
 *     the model is the last epoch's
 * @param minDelta by how much more than this a loss must lie below the best one's
 */
@DefaultSerializer(JavaSerializer.class)
public record EarlyStopping(int patience, double minDelta) implements Serializable {
  /** All epochs, and the weights of the last. */
  public static final EarlyStopping OFF = new EarlyStopping(0, 0);

  /** Whether training may stop early, and keeps the best epoch's weights. */
  public boolean isOn() {
    return patience > 0;
  }

  /**
   * The best epoch: the first one, until another improves on it. So only the newest can become the
   * best, and its checkpoint is still there. Among those that trained the network: before the first
   * of them, the newest.
   *
   * @param epochs all so far, in order; at least one
   */
  public EpochResult best(List<EpochResult> epochs) {
    EpochResult best = epochs.get(0);
    for (EpochResult epoch : epochs) {
      if (best.pretrainedLayer().isPresent() || epoch.monitored() + minDelta < best.monitored()) {
        best = epoch;
      }
    }
    return best;
  }

  /** Whether training stops after these epochs. */
  public boolean stopsAfter(List<EpochResult> epochs) {
    return isOn()
        && !epochs.isEmpty()
        && epochs.get(epochs.size() - 1).epoch() - best(epochs).epoch() >= patience;
  }

  static EarlyStopping read(Section earlyStopping) {
    return new EarlyStopping(
        earlyStopping.integer("patience", 0),
        earlyStopping.requiredNumber(
            "min-delta", loss -> loss >= 0 && loss < 1e6, "at least 0", 0));
  }
}
