package io.meanfield.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.AcceptedInputs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedInputsTest {
  private static final AcceptedInputs THREE = new AcceptedInputs.Indices(3);

  private static Examples examples(float... second) {
    float[] values = {0, 2, second[0], second[1]};
    return new Examples(new long[] {41, 42}, new Features.Floats(values, 2), new Targets.Unknown());
  }

  private static float[] write(Examples examples, Minibatch batch) {
    batch.reset(2, 0);
    BatchWriter.features(examples, 0, batch, 0);
    BatchWriter.features(examples, 1, batch, 1);
    return batch.features();
  }

  @Test
  void inputsInTheRangeAreWritten() {
    assertThat(write(examples(1, 0), new Minibatch(2, 2, 2).accepting(THREE)))
        .containsExactly(0, 2, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 3, 0.5f, Float.NaN})
  void inputOutsideTheRangeNamesTheExampleAndTheRange(float wrong) {
    assertThatThrownBy(() -> write(examples(1, wrong), new Minibatch(2, 2, 2).accepting(THREE)))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
        .hasMessage(
            "input 1 of example 42 is "
                + wrong
                + ", expected a whole number from 0 to 2; correct the data or network.layers[0]");
  }

  @Test
  void lastInputsAreIndicesWithRangesOfTheirOwn() {
    AcceptedInputs last = new AcceptedInputs.LastIndices(List.of(3));
    assertThat(write(examples(-0.5f, 2), new Minibatch(2, 2, 2).accepting(last)))
        .containsExactly(0, 2, -0.5f, 2);
    assertThatThrownBy(() -> write(examples(1, 3), new Minibatch(2, 2, 2).accepting(last)))
        .hasMessage(
            "input 1 of example 42 is 3.0, expected a whole number from 0 to 2; correct the data or"
                + " network.layers[0]");
  }

  @Test
  void pixelsAreComparedAfterScaling() {
    Examples images = Examples.images(new long[] {7}, new byte[1], new byte[] {0, 1}, 2);
    Minibatch batch = Minibatch.ofImages(1, 2, 2, TaskType.ofClasses(2)).accepting(THREE);
    batch.reset(1, 0);
    assertThatThrownBy(() -> BatchWriter.features(images, 0, batch, 0))
        .hasMessageStartingWith("input 1 of example 7 is 0.00392");
  }

  @Test
  void minibatchWithoutRestrictionAcceptsAnyNumber() {
    assertThat(write(examples(-1, 0.5f), new Minibatch(2, 2, 2))).containsExactly(0, 2, -1, 0.5f);
  }
}
