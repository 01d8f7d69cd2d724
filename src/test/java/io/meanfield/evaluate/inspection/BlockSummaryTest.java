package io.meanfield.evaluate.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockSummaryTest {
  private static final OutputSpec TWO_CLASSES =
      new OutputSpec(TaskType.BINARY, Loss.BINARY_CROSSENTROPY, 1);

  private static BlockSummary summary(PredictionBlock... blocks) {
    return BlockSummary.of(List.of(blocks).iterator(), TWO_CLASSES, 1);
  }

  private static PredictionBlock block(long id, float target, float output) {
    return new PredictionBlock(
        new long[] {id}, new String[0], new float[] {target}, new float[] {output}, TWO_CLASSES);
  }

  private static int bytes(BlockSummary summary) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(summary);
    }
    return bytes.size();
  }

  @Test
  void aPartitionWithoutScoresIsSmall() throws IOException {
    assertThat(bytes(summary())).isLessThan(2_000);
    assertThat(bytes(summary(block(0, 1, 0.75f)))).isGreaterThan(32_000); // the grid of scores
  }

  @Test
  void aPartitionWithoutExamplesChangesNoCurve() {
    PredictionBlock[] blocks = {block(0, 1, 0.75f), block(1, 0, 0.25f), block(2, 1, 0.125f)};
    List<CurvePoint> expected = summary(blocks).curves();
    assertThat(expected).isNotEmpty();
    assertThat(summary(blocks).plus(summary()).curves()).isEqualTo(expected);
    assertThat(summary().plus(summary(blocks)).curves()).isEqualTo(expected);
  }
}
