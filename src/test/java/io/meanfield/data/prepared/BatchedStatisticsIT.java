package io.meanfield.data.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import io.meanfield.data.Examples;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.TargetKind;
import io.meanfield.data.table.FeatureStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;

class BatchedStatisticsIT {
  private static final int WIDTH = 3;

  private static Examples block(int rows, Random random) {
    ExamplesBuilder block =
        new ExamplesBuilder(rows, WIDTH, false, false, TargetKind.CLASSES, false);
    for (int row = 0; row < rows; row++) {
      block.row(row);
      for (int i = 0; i < WIDTH; i++) {
        block.features()[row * WIDTH + i] = (float) (1e6 + random.nextGaussian());
      }
    }
    return block.build();
  }

  @Test
  void statisticsHaveTheSameBitsForEveryNumberOfPartitionsAtATime() {
    Random random = new Random(5);
    List<Examples> blocks = new ArrayList<>();
    FeatureStatistics expected = FeatureStatistics.none(WIDTH);
    for (int i = 0; i < 23; i++) {
      blocks.add(block(1 + i % 4, random));
      expected = expected.plus(FeatureStatistics.of(blocks.get(i)));
    }
    JavaRDD<Examples> data = LocalSpark.context().parallelize(blocks, 7);
    for (int batch = 1; batch <= 8; batch++) {
      FeatureStatistics found = BatchedStatistics.of(data, WIDTH, batch);
      assertThat(found.count()).isEqualTo(expected.count());
      assertThat(found.means()).containsExactly(expected.means());
      assertThat(found.m2()).containsExactly(expected.m2());
    }
  }
}
