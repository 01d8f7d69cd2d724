package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.TestNetworks;
import io.meanfield.network.Threshold;
import io.meanfield.network.keras.KerasArray;
import io.meanfield.network.keras.KerasLayout;
import io.meanfield.network.layers.AcceptedInputs;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.network.layers.LayerVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks properties that every layer of {@link LayerTypes} must have and that the compiler cannot
 * check. A new layer needs a network in {@link #NETWORKS}.
 */
class EveryLayerTest {
  private static final String OUTPUT = ", { dense = 3, activation = softmax } ]";
  private static final String LOSS_AND_OPTIMIZER =
      ", loss = categorical_crossentropy, optimizer { name = adam, learning-rate = 0.01,"
          + " schedule { name = constant, warmup-steps = 0 } } }";
  private static final int EXAMPLES = 6;

  /**
   * A small network for each layer, by the layer's key. The dimensions of an array of weights
   * differ, so that the tests find exchanged ones; only the recurrent kernel of a simple-rnn is
   * square.
   */
  private static final Map<String, String> NETWORKS = new HashMap<>();

  private static void add(String input, String layers) {
    String key = layers.replaceAll("\\{ ([a-z0-9-]+) = .*", "$1");
    NETWORKS.put(key, "input = " + input + ", layers = [ " + layers + OUTPUT);
  }

  static {
    add("[5]", "{ dense = 4, activation = tanh, l2 = 0.01 }");
    add(
        "[7, 6, 2]",
        "{ conv2d = 4, kernel = [3, 5], padding = same, activation = elu, l2 = 0.01 }, { flatten ="
            + " true }");
    add("[7, 6, 2]", "{ max-pooling2d = [3, 2], strides = [2, 1] }, { flatten = true }");
    add("[7, 6, 2]", "{ average-pooling2d = [3, 2] }, { flatten = true }");
    add("[4, 3, 2]", "{ flatten = true }");
    add("[5]", "{ dropout = 0.4 }");
    add("[5]", "{ batch-normalization = true, momentum = 0.9 }");
    add("[5, 4]", "{ lstm = 2 }");
    add("[5, 4]", "{ simple-rnn = 3, return-sequences = true }, { lstm = 2, l2 = 0.1 }");
    add("[5]", "{ embedding = 4, categories = 7 }, { lstm = 2 }");
    add("[4]", "{ piecewise-linear = [[0.1, 0.4, 0.9], [], [0, 0.5]] }");
    add("[4]", "{ scaling = true }");
    add("[4]", "{ column-embeddings = [3, 5], categories = [7, 2] }");
  }

  @TempDir private Path folder;

  static Stream<String> keys() {
    return LayerTypes.keys().stream();
  }

  private static NetworkSettings network(String key) {
    assertThat(NETWORKS).as("a network for each key of LayerTypes").containsKey(key);
    return TestNetworks.of("network { " + NETWORKS.get(key) + LOSS_AND_OPTIMIZER);
  }

  private static Layer layer(String key) {
    return network(key).layers().get(0);
  }

  private static Minibatch batch(NetworkSettings network) {
    Minibatch batch = new Minibatch(EXAMPLES, network.inputs(), network.outputs());
    AcceptedInputs accepted = network.acceptedInputs();
    Random random = new Random(3);
    batch.reset(EXAMPLES, 7);
    for (int i = 0; i < batch.features().length; i++) {
      int categories = accepted.categories(i % network.inputs(), network.inputs());
      batch.features()[i] = categories == 0 ? random.nextFloat() : random.nextInt(categories);
    }
    for (int row = 0; row < EXAMPLES; row++) {
      batch.label(row, row % network.outputs());
    }
    return batch;
  }

  @Test
  void everyCaseOfTheVisitorBelongsToOneKey() {
    TreeSet<String> called = new TreeSet<>();
    LayerVisitor<?> recorder =
        (LayerVisitor<?>)
            Proxy.newProxyInstance(
                LayerVisitor.class.getClassLoader(),
                new Class<?>[] {LayerVisitor.class},
                (proxy, method, arguments) -> {
                  assertThat(called.add(method.getName())).isTrue();
                  return null;
                });
    keys().forEach(key -> LayerTypes.visit(layer(key), recorder));
    assertThat(called)
        .containsExactlyInAnyOrder(
            Arrays.stream(LayerVisitor.class.getDeclaredMethods())
                .map(Method::getName)
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void settingsBeginWithTheKeyAndAreReadBackFromJson(String key) {
    NetworkSettings network = network(key);
    assertThat(layer(key).toSettings()).containsKey(key);
    assertThat(layer(key).display()).startsWith(key + " = ");
    assertThat(
            NetworkJson.parse(
                NetworkJson.write(network, Threshold.DEFAULT).getBytes(StandardCharsets.UTF_8),
                "a file"))
        .isEqualTo(network);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void kerasArraysHoldEveryWeightOnce(String key) {
    NetworkSettings network = network(key);
    int[] occurrences = new int[Model.untrained(network, 1).state().weights().length];
    for (KerasArray array : KerasLayout.of(network).arrays()) {
      assertThat(array.shape().stream().reduce(1, Math::multiplyExact))
          .isEqualTo(array.parameter().count());
      for (int i = 0; i < array.parameter().count(); i++) {
        occurrences[array.flatIndex().applyAsInt(i)]++;
      }
    }
    assertThat(occurrences).containsOnly(1);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void engineTrainsTheLayerOrGivesAReason(String key) {
    NetworkSettings network = network(key);
    for (Engine engine : Engine.values()) {
      Engines.unsupportedReason(engine, network)
          .ifPresentOrElse(
              reason -> assertThat(reason).contains("network.layers[0]").contains(key),
              () ->
                  Learners.withLearner(
                      new EngineNetwork(network, engine),
                      Device.CPU,
                      learner -> assertTrains(learner, network)));
    }
  }

  private static LearnerState assertTrains(Learner learner, NetworkSettings network) {
    LearnerState start = Model.untrained(network, 1).state();
    Minibatch batch = batch(network);
    learner.restore(start);
    double firstLoss = learner.fit(batch).lossSum();
    for (int step = 0; step < 25; step++) {
      learner.fit(batch);
    }
    float[] outputs = new float[EXAMPLES * network.outputs()];
    learner.predict(batch, outputs);
    assertThat(outputs).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY);
    assertThat(learner.fit(batch).lossSum()).isLessThan(firstLoss);
    LearnerState trained = learner.state();
    assertThat(trained.weights()).hasSameSizeAs(start.weights()).isNotEqualTo(start.weights());
    return trained;
  }

  /** Adam's first moment after a step is a tenth of the gradient. */
  private static float[] firstMoments(NetworkSettings network, Precision precision) {
    Learner learner = TorchEngine.learner(network, precision, Device.CPU);
    LearnerState start = Model.untrained(network, 1).state();
    learner.restore(start);
    learner.fit(batch(network));
    return Arrays.copyOf(learner.state().optimizerState(), start.weights().length);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void productsOfBfloat16RoundGradientsButNoPrediction(String key) {
    NetworkSettings network = network(key);
    float[] exact = firstMoments(network, Precision.FLOAT32);
    float[] rounded = firstMoments(network, Precision.BFLOAT16);
    // A product of two numbers with 8 bits is exact to 2 / 2^9; sums and later layers add to that.
    assertThat(distance(exact, rounded) / distance(exact, new float[exact.length]))
        .isBetween(1e-5, 0.02);
    assertThat(prediction(network, Precision.BFLOAT16))
        .isEqualTo(prediction(network, Precision.FLOAT32));
  }

  private static float[] prediction(NetworkSettings network, Precision precision) {
    Learner learner = TorchEngine.learner(network, precision, Device.CPU);
    learner.restore(Model.untrained(network, 1).state());
    float[] outputs = new float[EXAMPLES * network.outputs()];
    learner.predict(batch(network), outputs);
    return outputs;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void modelFileHoldsTheNetworkAndItsWeights(String key) throws IOException {
    Model model = Model.untrained(network(key), 1);
    Path file = folder.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelFile.write(SavedModel.ofNumbers(model), out);
    }
    Model read =
        ModelFile.read(new Configuration(), new org.apache.hadoop.fs.Path(file.toUri())).model();
    assertThat(read.network()).isEqualTo(model.network());
    assertThat(read.state().weights()).isEqualTo(model.state().weights());
  }
}
