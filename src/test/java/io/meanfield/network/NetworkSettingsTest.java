package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Embedding;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.Padding;
import io.meanfield.network.layers.Shape;
import io.meanfield.network.layers.Size;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkSettingsTest {
  private static NetworkSettings read(SettingsTree tree) {
    return NetworkSettings.read(tree.section("network"));
  }

  private static final String LESSON =
      "network.layers = [ { dense = 64, activation = relu }, { dense = 32, activation = relu },"
          + " { dense = 10, activation = softmax } ]";

  /** Loads the settings of a network for digits in rows, unless the assignments override it. */
  private static SettingsTree load(String... assignments) {
    return SettingsTree.load(
        List.of(),
        Stream.concat(Stream.of("network.input = [784]"), Stream.of(assignments)).toList());
  }

  private static NetworkSettings read(String... assignments) {
    return read(load(assignments));
  }

  private static void refuses(String message, String... assignments) {
    SettingsTree tree = load(assignments);
    read(tree);
    assertThatThrownBy(tree::throwIfInvalid).hasMessageContaining(message);
  }

  @Test
  void activationOfTheLastLayerDeterminesTheLoss() {
    assertThat(read("network.layers = [ { dense = 3, activation = linear } ]").loss())
        .isEqualTo(Loss.MSE);
    assertThat(read("network.layers = [ { dense = 3, activation = sigmoid } ]").loss())
        .isEqualTo(Loss.BINARY_CROSSENTROPY);
    assertThat(read(LESSON))
        .isEqualTo(
            new NetworkSettings(
                List.of(784),
                List.of(
                    new Dense(64, Activation.RELU),
                    new Dense(32, Activation.RELU),
                    new Dense(10, Activation.SOFTMAX)),
                Loss.CATEGORICAL_CROSSENTROPY,
                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7),
                LearningRateSchedule.CONSTANT));
  }

  @Test
  void optimizersHaveKerasDefaults() {
    assertThat(read("network.optimizer.name=sgd").optimizer()).isEqualTo(new Optimizer.Sgd(0.01));
    assertThat(read("network.optimizer.name=rmsprop").optimizer())
        .isEqualTo(new Optimizer.RmsProp(0.001, 1e-7));
  }

  @Test
  void learningRateAndClipNormOutsideTheirRangeAreRefused() {
    refuses(
        "network.optimizer.learning-rate must be above 0 and below 1000000, found 1e7",
        "network.optimizer.learning-rate = 1e7");
    refuses(
        "network.optimizer.clip-norm must be above 0 and below 1000000000, found 0",
        "network.optimizer.clip-norm = 0");
  }

  @Test
  void scheduleChangesTheLearningRate() {
    NetworkSettings network =
        read(
            "network.optimizer { learning-rate = 0.5, schedule { name = cosine,"
                + " decay-steps = 10, warmup-steps = 2 } }");
    assertThat(network.learningRate(0)).isZero();
    assertThat(network.learningRate(1)).isEqualTo(0.25);
    assertThat(network.learningRate(2)).isEqualTo(0.5);
    assertThat(network.learningRate(12)).isZero();
  }

  @Test
  void hyperParameterOfAnotherOptimizerIsAnUnknownKey() {
    refuses(
        "unknown key network.optimizer.rho; did you mean",
        "network.optimizer { name = adam, rho = 0.9 }");
  }

  @Test
  void crossentropyRequiresSoftmaxOrSigmoidInTheLastLayer() {
    refuses(
        "network.layers[0].activation must be softmax in the last layer, because network.loss is"
            + " categorical_crossentropy, found \"relu\"",
        "network.layers = [ { dense = 10, activation = relu } ]",
        "network.loss = categorical_crossentropy");
    refuses(
        "network.layers[0].activation must be sigmoid in the last layer",
        "network.layers = [ { dense = 10, activation = softmax } ]",
        "network.loss = binary_crossentropy");
  }

  @Test
  void softmaxRequiresAtLeastTwoOutputs() {
    refuses(
        "network.layers[0].dense must be at least 2 in the last layer, one output for each class,"
            + " found 1",
        "network.layers = [ { dense = 1, activation = softmax } ]");
  }

  @Test
  void networkThatIsTooLargeForArraysIsRefused() {
    refuses(
        "network.input must be a shape of at most 2147483647 numbers for an example, found",
        "network.input = [100000, 100000]",
        "network.layers = [ { dense = 10, activation = softmax } ]");
    refuses(
        "network.layers[0] needs to output at most 2147483647 numbers for an example, found [24,"
            + " 24, 99999999]",
        "network.input = [28, 28, 1]",
        "network.layers = [ { conv2d = 99999999, kernel = [5, 5], activation = relu },"
            + " { flatten = true }, { dense = 10, activation = softmax } ]");
    refuses(
        "network.layers[0].lstm must be at most 536870911, found 536870912",
        "network.input = [1, 1]",
        "network.layers = [ { lstm = 536870912 }, { dense = 10, activation = softmax } ]");
    // Adam needs two numbers for each weight.
    refuses(
        "network.layers[1] needs to leave the network at most 1073741823 weights, found more with"
            + " this layer",
        "network.input = [1]",
        "network.layers = [ { dense = 50000, activation = relu }, { dense = 50000, activation ="
            + " relu }, { dense = 10, activation = softmax } ]");
  }

  @Test
  void layerThatDoesNotFitIsNamedWithItsInputRequirement() {
    refuses(
        "network.layers[1] needs a row of numbers: put { flatten = true } or a recurrent layer"
            + " without return-sequences in front, found [26, 26, 4] (--set network.layers",
        "network.input = [28, 28, 1]",
        "network.layers = [ { conv2d = 4, kernel = [3, 3], activation = relu }, { dense = 10,"
            + " activation = softmax } ]");
    refuses(
        "network.layers[0] needs an image [height, width, channels] at least as large as its"
            + " kernel, found [784]",
        "network.layers = [ { conv2d = 4, kernel = [3, 3], activation = relu }, { dense = 10,"
            + " activation = softmax } ]");
    refuses(
        "network.layers[0] needs an image [height, width, channels], found [784]",
        "network.layers = [ { conv2d = 4, kernel = [3, 3], padding = same, activation = relu },"
            + " { dense = 10, activation = softmax } ]");
    refuses(
        "network.layers[0] needs an image [height, width, channels] at least as large as its"
            + " window, found [4, 1, 1]",
        "network.input = [4, 1, 1]",
        "network.layers = [ { max-pooling2d = [2, 2] }, { flatten = true }, { dense = 10,"
            + " activation = softmax } ]");
    refuses(
        "network.layers[0] needs a sequence [steps, features], found [784]",
        "network.layers = [ { lstm = 4 }, { dense = 10, activation = softmax } ]");
    refuses(
        "network.layers[0] needs to be dense, because the last layer computes the outputs, found"
            + " dropout = 0.5 (--set",
        "network.layers = [ { dropout = 0.5 } ]");
    refuses(
        "network.layers[0].batch-normalization must be true, found 3",
        "network.layers = [ { batch-normalization = 3 }, { dense = 10, activation = softmax } ]");
  }

  @Test
  void layersHaveKerasDefaults() {
    NetworkSettings network =
        read(
            "network.input = [28, 28, 1]",
            "network.layers = [ { conv2d = 4, kernel = [5, 3], activation = relu }, { max-pooling2d"
                + " = [2, 2] }, { batch-normalization = true }, { dropout = 0.5 }, { flatten = true"
                + " }, { dense = 10, activation = softmax } ]");
    assertThat(network.layers())
        .containsExactly(
            new Conv2D(4, new Size(5, 3), new Size(1, 1), Padding.VALID, Activation.RELU, 0),
            new MaxPooling2D(new Size(2, 2), new Size(2, 2)),
            new BatchNormalization(0.99, 0.001),
            new Dropout(0.5),
            new Flatten(),
            new Dense(10, Activation.SOFTMAX));
    assertThat(network.shapes().get(5)).isEqualTo(new Shape.Flat(4 * 12 * 13));
  }

  @Test
  void embeddingIsTheFirstLayerOfARowOfIndices() {
    String rest = "{ lstm = 3 }, { dense = 2, activation = softmax } ]";
    NetworkSettings network =
        read(
            "network.input = [6]", "network.layers = [ { embedding = 4, categories = 9 }, " + rest);
    assertThat(network.layers().get(0)).isEqualTo(new Embedding(4, 9));
    assertThat(network.shapes().get(1)).isEqualTo(new Shape.Sequence(6, 4));
    refuses(
        "network.layers[1] needs to be the first layer, because each of its inputs must be a whole"
            + " number from 0 to 8, found it after dense = 6, activation = relu (--set",
        "network.layers = [ { dense = 6, activation = relu }, { embedding = 4, categories = 9 }, "
            + rest);
    refuses(
        "network.layers[0] needs a row of category indices [steps], found [6, 2]",
        "network.input = [6, 2]",
        "network.layers = [ { embedding = 4, categories = 9 }, " + rest);
    refuses(
        "network.layers[0].categories must be at most 16777216, found 16777217",
        "network.layers = [ { embedding = 4, categories = 16777217 }, " + rest);
    refuses(
        "network.layers[0].categories is missing", "network.layers = [ { embedding = 4 }, " + rest);
  }

  @Test
  void columnEmbeddingsReplaceTheLastInputsOfARow() {
    String rest = ", { dense = 2, activation = softmax } ]";
    String layer = "{ column-embeddings = [4, 3], categories = [9, 5] }";
    NetworkSettings network = read("network.input = [6]", "network.layers = [ " + layer + rest);
    assertThat(network.columnEmbeddings())
        .contains(new ColumnEmbeddings(List.of(4, 3), List.of(9, 5)));
    String bags =
        "{ column-embeddings = [4, 3], categories = [9, 5], bags = [0, 6], weighted = [%s] }";
    assertThat(
            read("network.input = [20]", "network.layers = [ " + bags.formatted(1) + rest)
                .shapes()
                .get(1))
        .isEqualTo(new Shape.Flat(20 - 1 - 2 * 6 + 4 + 3));
    refuses(
        "network.layers[0].weighted must be places of bags, counted from 0, found [0]",
        "network.input = [20]",
        "network.layers = [ " + bags.formatted(0) + rest);
    assertThat(network.shapes().get(1)).isEqualTo(new Shape.Flat(4 + 4 + 3));
    assertThat(ParameterLayout.of(network).of(0))
        .extracting(Parameter::number, Parameter::shape)
        .containsExactly(tuple(0, List.of(9, 4)), tuple(1, List.of(5, 3)));
    refuses(
        "network.layers[1] needs to be the first layer, because its last 2 inputs must be category"
            + " indices, found it after dense = 6, activation = relu (--set",
        "network.input = [6]",
        "network.layers = [ { dense = 6, activation = relu }, " + layer + rest);
    refuses(
        "network.layers[0] needs a row of numbers that ends with 2 category indices, found [1]",
        "network.input = [1]",
        "network.layers = [ " + layer + rest);
    refuses(
        "network.layers[0].categories must be as many numbers as column-embeddings has, 2, found",
        "network.layers = [ { column-embeddings = [4, 3], categories = [9] }" + rest);
    refuses(
        "network.layers[0].categories must be numbers of at most 16777216, found",
        "network.layers = [ { column-embeddings = [4], categories = [16777217] }" + rest);
  }

  @Test
  void initialEmbeddingsAreUniformBetweenMinusAndPlusOneTwentieth() {
    NetworkSettings network =
        new NetworkSettings(
            List.of(3),
            List.of(
                new Embedding(50, 100), new Lstm(2, false, 0), new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.1));
    Parameter embeddings = ParameterLayout.of(network).of(0).get(0);
    assertThat(embeddings.shape()).containsExactly(100, 50);
    double sumOfSquares = 0;
    float[] weights = WeightInitializer.of(network, 1);
    for (int i = embeddings.offset(); i < embeddings.end(); i++) {
      assertThat((double) weights[i]).isBetween(-0.05, 0.05);
      sumOfSquares += (double) weights[i] * weights[i];
    }
    // The variance of U(-a, a) is a^2 / 3; its estimate from 5,000 draws is off by less than 6 %.
    assertThat(sumOfSquares / 5000 / (0.05 * 0.05 / 3)).isBetween(0.94, 1.06);
  }

  @Test
  void initialRecurrentKernelsAreOrthogonalAndForgetGateBiasesAreOne() {
    NetworkSettings network =
        new NetworkSettings(
            List.of(3, 2),
            List.of(new Lstm(5, false, 0), new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.1));
    float[] weights = WeightInitializer.of(network, 1);
    Parameter recurrent = ParameterLayout.of(network).of(0).get(1);
    assertThat(recurrent.shape()).containsExactly(5, 20);
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        double product = 0;
        for (int column = 0; column < 20; column++) {
          product +=
              (double) weights[recurrent.offset() + column * 5 + a]
                  * weights[recurrent.offset() + column * 5 + b];
        }
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
    Parameter bias = ParameterLayout.of(network).of(0).get(2);
    for (int i = 0; i < 20; i++) {
      assertThat(weights[bias.offset() + i]).isEqualTo(i >= 5 && i < 10 ? 1 : 0);
    }
  }

  @Test
  void inputThatIsNotSetIsUnknownUntilTheDataAreOpen() {
    NetworkSettings network = read(SettingsTree.load(List.of(), List.of()));
    assertThat(network.isInputKnown()).isFalse();
    assertThat(network.accepts(List.of(4))).isTrue();
    assertThat(network.accepts(List.of(28, 28))).isFalse();
    assertThatThrownBy(network::inputs).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void initialWeightsAreGlorotUniformWithZeroBiases() {
    NetworkSettings network = read(LESSON);
    float[] weights = WeightInitializer.of(network, 777);
    assertThat(weights).hasSize(52_650);
    double limit = Math.sqrt(6.0 / (784 + 64));
    double sumOfSquares = 0;
    for (int i = 0; i < 784 * 64; i++) {
      assertThat((double) weights[i]).isBetween(-limit, limit);
      sumOfSquares += (double) weights[i] * weights[i];
    }
    // The variance of U(-a, a) is a^2 / 3; its estimate from 50,176 draws is off by less than 3 %.
    assertThat(sumOfSquares / (784 * 64) / (limit * limit / 3)).isBetween(0.97, 1.03);
    for (int bias = 784 * 64; bias < 784 * 64 + 64; bias++) {
      assertThat(weights[bias]).isZero();
    }
    assertThat(WeightInitializer.of(network, 777)).isEqualTo(weights);
    assertThat(WeightInitializer.of(network, 778)).isNotEqualTo(weights);
  }
}
