package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.Targets;
import io.meanfield.data.table.Moments;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * The moments of the numbers that a network learns to predict, over the training examples.
 *
 * @param columns the moments of each target
 * @param least the least value of each target
 * @param most the largest value of each target
 */
@DefaultSerializer(JavaSerializer.class)
public record TargetMoments(List<Moments> columns, float[] least, float[] most)
    implements Serializable {

  /** Returns the moments of a data set whose targets are numbers. Reads every target. */
  public static TargetMoments of(Dataset data, Split split) {
    int width = data.targetKind().width();
    return data.blocks()
        .mapPartitions(blocks -> List.of(of(blocks, width, split)).iterator())
        .reduce(TargetMoments::plus);
  }

  private static TargetMoments of(Iterator<Examples> blocks, int width, Split split) {
    LongPredicate isTraining = split.trainingIds();
    TargetMoments moments = ofNone(width);
    while (blocks.hasNext()) {
      Examples block = blocks.next();
      if (block.targets() instanceof Targets.Values targets) {
        moments.add(
            targets.values(),
            IntStream.range(0, block.count())
                .filter(row -> isTraining.test(block.ids()[row]))
                .toArray());
      }
    }
    return moments;
  }

  private static TargetMoments ofNone(int width) {
    Moments[] moments = new Moments[width];
    Arrays.setAll(moments, i -> new Moments());
    float[] least = new float[width];
    float[] most = new float[width];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
    return new TargetMoments(List.of(moments), least, most);
  }

  private void add(float[] values, int[] rows) {
    for (int i = 0; i < least.length; i++) {
      int target = i;
      columns
          .get(i)
          .add(
              Arrays.stream(rows)
                  .mapToDouble(row -> values[row * least.length + target])
                  .toArray());
      for (int row : rows) {
        float value = values[row * least.length + i];
        least[i] = Math.min(least[i], value);
        most[i] = Math.max(most[i], value);
      }
    }
  }

  /** Returns the mean of each target. */
  public List<Double> means() {
    return columns.stream().map(Moments::mean).toList();
  }

  /** Returns the standard deviation of each target; 1 for a constant. */
  public List<Double> deviations() {
    return columns.stream().map(Moments::deviation).map(d -> d > 0 ? d : 1.0).toList();
  }

  private TargetMoments plus(TargetMoments other) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(other.columns.get(i));
      least[i] = Math.min(least[i], other.least[i]);
      most[i] = Math.max(most[i], other.most[i]);
    }
    return this;
  }
}
