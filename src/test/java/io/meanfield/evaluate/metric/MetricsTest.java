package io.meanfield.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class MetricsTest {
  @Example
  void precisionRecallAndF1FollowFromCounts() {
    LabelCounts counts = new LabelCounts(new double[LabelCounts.sums(3)], 0, 3);
    int[][] actualAndPredicted = {{0, 0}, {0, 0}, {0, 1}, {1, 1}};
    for (int[] example : actualAndPredicted) {
      for (int cls = 0; cls < 3; cls++) {
        counts.add(cls, example[0] == cls, example[1] == cls, 1);
      }
    }
    assertThat(counts.precision(0)).isEqualTo(1);
    assertThat(counts.recall(0)).isEqualTo(2 / 3.0);
    assertThat(counts.f1(0)).isEqualTo(0.8);
    assertThat(counts.precision(1)).isEqualTo(0.5);
    assertThat(counts.f1(2)).isZero(); // neither actual nor predicted
    assertThat(counts.errors()).isEqualTo(2); // class 0 was not predicted, class 1 was
  }

  @Example
  void confusionCountsExceedTheRangeOfInt() {
    ConfusionMatrix all = new ConfusionMatrix(2);
    ConfusionMatrix one = new ConfusionMatrix(2);
    one.add(1, 0);
    for (int doubling = 0; doubling < 40; doubling++) {
      all.merge(one);
      one.merge(one);
    }
    assertThat(all.count(1, 0)).isEqualTo((1L << 40) - 1);
  }

  @Example
  void calibrationErrorIsTheDistanceOfConfidenceAndAccuracy() {
    CalibrationError calibration = new CalibrationError();
    for (int i = 0; i < 10; i++) {
      calibration.add(0.9, i < 7, 1); // confidence 90 %, accuracy 70 %
      calibration.add(1.0, true, 1);
    }
    assertThat(calibration.value()).isCloseTo(0.1, within(1e-12));
  }

  private static final Ranking RANKING =
      new Ranking(Optional.of(1.0), Optional.of(1.0), Optional.of(1.0));

  private static List<OutputSpec> allOutputSpecs() {
    List<OutputSpec> all = new ArrayList<>();
    for (Loss loss : Arrays.stream(Loss.Kind.values()).map(Loss::of).toList()) {
      for (TaskType task : TaskType.values()) {
        all.add(new OutputSpec(task, loss, task == TaskType.BINARY ? 1 : 3));
      }
    }
    return all;
  }

  private static PredictionBlock twoExamples(OutputSpec outputs) {
    int width = outputs.width();
    float[] targets = new float[2 * width];
    targets[0] = 1; // the targets differ
    return new PredictionBlock(new long[2], new String[0], targets, new float[2 * width], outputs);
  }

  @Example
  void reportedNamesAreTheDeclaredNames() {
    assertThat(
            allOutputSpecs().stream()
                .flatMap(each -> values(MetricSet.of(twoExamples(each)), each).keySet().stream())
                .distinct())
        .containsExactlyInAnyOrderElementsOf(Metrics.names());
  }

  @Example
  void directionsTellErrorsFromScores() {
    assertThat(List.copyOf(Metrics.directions().keySet())).isEqualTo(Metrics.names());
    assertThat(Metrics.directions())
        .containsEntry("pr_auc", Direction.LARGER_IS_BETTER)
        .containsEntry("r2", Direction.LARGER_IS_BETTER)
        .containsEntry("mse", Direction.SMALLER_IS_BETTER)
        .containsEntry("brier_score", Direction.SMALLER_IS_BETTER);
  }

  @Example
  void sumsOfMetricsSurviveBothSerializersOfSpark() {
    SparkConf conf = new SparkConf(false);
    for (Serializer serializer : List.of(new JavaSerializer(conf), new KryoSerializer(conf))) {
      for (OutputSpec outputs : allOutputSpecs()) {
        MetricSet set = MetricSet.of(twoExamples(outputs));
        MetricSet copy = copy(set, serializer.newInstance());
        assertThat(values(copy, outputs)).isEqualTo(values(set, outputs)).isNotEmpty();
      }
    }
  }

  private static <T> T copy(T value, SerializerInstance serializer) {
    ClassTag<T> type = ClassTag$.MODULE$.apply(value.getClass());
    return serializer.deserialize(serializer.serialize(value, type), type);
  }

  private static Map<String, Double> values(MetricSet set, OutputSpec outputs) {
    MetricSet sum = MetricSet.sum(List.of(set), outputs);
    return sum.report(Collections.nCopies(outputs.classes(), RANKING)).values();
  }
}
