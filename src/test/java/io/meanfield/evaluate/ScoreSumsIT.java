package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.threshold.Cut;
import io.meanfield.evaluate.threshold.Objective;
import io.meanfield.evaluate.threshold.ScoreCount;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** The threshold that is chosen from sums of the cluster is the best of all scores. */
class ScoreSumsIT {
  private static final OutputSpec BINARY =
      new OutputSpec(TaskType.BINARY, Loss.BINARY_CROSSENTROPY, 1);
  private static final int BLOCKS = 6;
  private static final int ROWS = 80;

  /** Returns blocks with many equal scores, of which about 6 % have class 1. */
  private static List<PredictionBlock> blocks() {
    Random random = new Random(3);
    List<PredictionBlock> blocks = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      float[] targets = new float[ROWS];
      float[] outputs = new float[ROWS];
      for (int row = 0; row < ROWS; row++) {
        targets[row] = random.nextInt(16) == 0 ? 1 : 0;
        outputs[row] = (random.nextInt(60) + 25 * targets[row]) / 100f;
      }
      blocks.add(new PredictionBlock(new long[ROWS], new String[0], targets, outputs, BINARY));
    }
    return blocks;
  }

  private static Cut cut(List<PredictionBlock> blocks, float threshold) {
    long[] counts = new long[3];
    for (PredictionBlock block : blocks) {
      for (int row = 0; row < block.count(); row++) {
        boolean isPredicted = block.score(row, 1) >= threshold;
        boolean isPositive = block.isActual(row, 1);
        counts[0] += isPredicted && isPositive ? 1 : 0;
        counts[1] += isPredicted && !isPositive ? 1 : 0;
        counts[2] += isPositive ? 1 : 0;
      }
    }
    return new Cut(threshold, counts[0], counts[1], counts[2]);
  }

  private static Cut expected(List<PredictionBlock> blocks, Comparator<Cut> order) {
    TreeSet<Float> thresholds = new TreeSet<>();
    blocks.forEach(
        block -> {
          for (int row = 0; row < block.count(); row++) {
            thresholds.add(block.score(row, 1));
          }
        });
    thresholds.add(ScoreSums.above(thresholds.last()));
    return thresholds.stream().map(each -> cut(blocks, each)).max(order).orElseThrow();
  }

  @Test
  void cutIsTheBestOfAllWhateverThePartitions() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    List<PredictionBlock> blocks = blocks();
    for (Objective objective :
        List.of(
            new Objective.LargestF1(),
            new Objective.LeastRecall(0.8),
            new Objective.LeastPrecision(0.9))) {
      Cut expected = expected(blocks, objective.order());
      for (int partitions : new int[] {1, 4, 6}) {
        List<ScoreCount> scores = Rankings.scores(spark.parallelize(blocks, partitions));
        float above = ScoreSums.above(scores.get(0).score());
        Cut found = objective.best(scores, above).orElseThrow();
        // The threshold is the smallest score that counts as a tie.
        assertThat(found.threshold()).isCloseTo(expected.threshold(), withinPercentage(0.004));
        assertThat(cut(blocks, found.threshold())).isEqualTo(found);
        assertThat(cut(blocks, expected.threshold())).isEqualTo(expected);
        assertThat(found.truePositives()).isEqualTo(expected.truePositives());
        assertThat(found.falsePositives()).isEqualTo(expected.falsePositives());
      }
    }
  }
}
