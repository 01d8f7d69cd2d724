package io.meanfield.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.TargetScale;
import io.meanfield.network.TaskType;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
  private static final Features ROWS = new Features.Floats(new float[] {1, 2, 3, 4}, 2);

  private static Minibatch oneRow() {
    Minibatch batch = new Minibatch(1, 2, 3, TaskType.MULTI_CLASS);
    batch.reset(1, 0);
    return batch;
  }

  @Test
  void numbersAndClassAreWrittenAsFeaturesAndOneHotTargets() {
    Examples examples = new Examples(new long[2], ROWS, new Targets.Classes(new int[] {0, 2}));
    Minibatch batch = oneRow();
    BatchWriter.features(examples, 1, batch, 0);
    BatchWriter.targets(examples, 1, TargetScale.NONE, batch, 0);
    assertThat(batch.features()).containsExactly(3, 4);
    assertThat(batch.targets()).containsExactly(0, 0, 1);
  }

  @Test
  void imageIsWrittenAsBytes() {
    Examples examples = Examples.images(new long[2], new byte[2], new byte[] {1, 2, 3, -1}, 2);
    Minibatch batch = Minibatch.ofImages(1, 2, 3, TaskType.MULTI_CLASS);
    batch.reset(1, 0);
    BatchWriter.features(examples, 1, batch, 0);
    assertThat(batch.pixels()).containsExactly(3, -1);
    assertThat(batch.features()[1]).isEqualTo(1);
  }

  @Test
  void numericTargetsAreWrittenUnchanged() {
    Targets numbers = new Targets.Values(new float[] {1, 2, 3, 4, 5, 6}, 3);
    Minibatch batch = oneRow();
    BatchWriter.targets(new Examples(new long[2], ROWS, numbers), 1, TargetScale.NONE, batch, 0);
    assertThat(batch.targets()).containsExactly(4, 5, 6);
  }

  @Test
  void targetsOfUnlabelledExamplesAreRefused() {
    Examples examples = new Examples(new long[2], ROWS, new Targets.Unknown());
    assertThatThrownBy(() -> BatchWriter.targets(examples, 1, TargetScale.NONE, oneRow(), 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot write targets: the examples have none");
  }
}
