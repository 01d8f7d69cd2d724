package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * The first epochs, in which workers average more often than later: post-local SGD (Lin et al.
 * 2018, "Don't use large mini-batches, use local SGD"), whose number of local steps is {@code H(t)
 * = 1} for {@code t <= t'} and {@code H} after it. With plain SGD and an interval of 1 minibatch,
 * this phase equals minibatch SGD with the total batch, up to rounding. With an optimizer that has
 * moments it does not, because each worker updates its moments before the average.
 *
 * @param epochs number of these epochs; 0 for none
 * @param syncInterval interval between averages of all groups in these epochs; workers inside a
 *     group average at least as often
 */
@DefaultSerializer(JavaSerializer.class)
public record DenseSyncPhase(int epochs, AveragingInterval syncInterval) implements Serializable {
  /** No dense phase: the usual interval from the first epoch on. */
  public static final DenseSyncPhase NONE =
      new DenseSyncPhase(0, new AveragingInterval.EveryNBatches(1));

  static DenseSyncPhase read(Section denseSync) {
    return new DenseSyncPhase(
        denseSync.integer("epochs", 0), AveragingInterval.read(denseSync, "sync-frequency"));
  }
}
