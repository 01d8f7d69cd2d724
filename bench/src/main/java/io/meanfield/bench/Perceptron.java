package io.meanfield.bench;

import io.meanfield.fixture.Digits;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.ann.TopologyModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import scala.Tuple2;

/**
 * Spark MLlib's MultilayerPerceptronClassifier with its defaults. An epoch is an iteration of
 * L-BFGS, which passes over all digits at least once. Its hidden layers are sigmoid, because it has
 * no other activation.
 */
final class Perceptron implements TimedTrainer {
  private static final int[] LAYERS = {784, 64, 32, 10};

  private final MnistWorkload workload;
  private final long seed;
  private Optional<PerceptronFit> fit = Optional.empty();

  Perceptron(MnistWorkload workload, long seed) {
    this.workload = workload;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "Spark MLlib's perceptron, an L-BFGS iteration";
  }

  @Override
  public double pace() {
    return 100 / 30.0; // 100 iterations, its default, while the others run 30 epochs
  }

  @Override
  public void epoch() {
    fit = fit.or(() -> Optional.of(new PerceptronFit(examples(), LAYERS, seed)));
    fit.orElseThrow().iterate();
  }

  private JavaRDD<Tuple2<Vector, Vector>> examples() {
    return workload
        .halves()
        .flatMap(
            half ->
                examples(Digits.train(), MnistWorkload.first(half), MnistWorkload.first(half + 1))
                    .iterator());
  }

  /** Returns the digits {@code first} to {@code end} (exclusive), with one-hot labels. */
  static Stream<Tuple2<Vector, Vector>> examples(Digits digits, int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(i -> new Tuple2<>(features(digits, i), oneHot(digits.label(i))));
  }

  private static Vector features(Digits digits, int digit) {
    float[] pixels = digits.pixels(digit);
    return Vectors.dense(IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i]).toArray());
  }

  private static Vector oneHot(int label) {
    return Vectors.dense(IntStream.range(0, 10).mapToDouble(i -> i == label ? 1 : 0).toArray());
  }

  @Override
  public double accuracy() {
    TopologyModel model = fit.orElseThrow().model();
    return workload.accuracy(
        digit -> model.predict(features(workload.testDigits(), digit)).argmax());
  }

  @Override
  public void close() {
    fit.ifPresent(PerceptronFit::close);
  }
}
