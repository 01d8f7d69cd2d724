package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.OptionalInt;

/** The setting {@code train.workers-per-task}: how many logical workers share a Spark task. */
public sealed interface WorkersPerTask extends Serializable {

  /** Returns the size of a group: workers that average among themselves, part of the model. */
  int groupSize();

  /** Returns whether the placement is chosen at every start. */
  boolean leavesPlacementOpen();

  /** The placement is chosen at every start; it changes no bit. Each worker is a group. */
  @DefaultSerializer(JavaSerializer.class)
  record Auto() implements WorkersPerTask {
    @Override
    public int groupSize() {
      return 1;
    }

    @Override
    public boolean leavesPlacementOpen() {
      return true;
    }
  }

  /**
   * Groups of a fixed size, each of which has a task.
   *
   * @param groupSize at least 1
   */
  @DefaultSerializer(JavaSerializer.class)
  record Fixed(int groupSize) implements WorkersPerTask {
    @Override
    public boolean leavesPlacementOpen() {
      return false;
    }
  }

  static WorkersPerTask read(Section train) {
    OptionalInt number = train.integerOr("auto", "workers-per-task", 1);
    return number.isPresent() ? new Fixed(number.getAsInt()) : new Auto();
  }
}
