package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Decides which states a task that trains several epochs returns besides the last: those of the
 * epochs that early stopping may choose. All of them take at most so many bytes, or the task ends.
 *
 * @param areAll whether the states of all epochs are returned, because the driver compares them
 * @param best the loss of the best epoch so far, on the validation examples of the task; only an
 *     epoch with a smaller one can be chosen. Infinite if there is none, and minus infinity if no
 *     epoch is chosen
 * @param mostBytes of all states; a first state may be larger
 */
@DefaultSerializer(JavaSerializer.class)
record ReturnedStates(boolean areAll, double best, long mostBytes) implements Serializable {

  /** Returns whether the state of an epoch with this loss is returned. */
  boolean include(double loss) {
    return areAll || loss < best;
  }

  /** Returns what holds after an epoch with this loss. */
  ReturnedStates after(double loss) {
    return loss < best ? new ReturnedStates(areAll, loss, mostBytes) : this;
  }

  /** Returns whether there is room for a state beside others of the same size. */
  boolean haveRoom(long states, long bytes) {
    return (states + 1) * bytes <= mostBytes;
  }
}
