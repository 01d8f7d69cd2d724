package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * The first epochs, in which averages are taken more often than later: post-local SGD (Lin et al.
 * 2018, "Don't use large mini-batches, use local SGD"), whose number of local steps is {@code H(t)
 * = 1} for {@code t <= t'} and {@code H} after it. With plain sgd and a frequency of 1 the warm
 * phase is minibatch SGD with the total batch, up to rounding; an optimizer with moments steps
 * before it averages, so there it is not.
 *
 * @param epochs how many; 0 for none
 * @param syncFrequency of averages of all groups in them, and with that of the workers inside a
 *     group
 */
@DefaultSerializer(JavaSerializer.class)
public record DenseSyncPhase(int epochs, AveragingInterval syncFrequency) implements Serializable {
  /** No warm phase: the usual frequency from the first epoch on. */
  public static final DenseSyncPhase NONE =
      new DenseSyncPhase(0, new AveragingInterval.EveryNBatches(1));

  static DenseSyncPhase read(Section warmPhase) {
    return new DenseSyncPhase(
        warmPhase.integer("epochs", 0), AveragingInterval.read(warmPhase, "sync-frequency"));
  }
}
