package io.meanfield.export;

import io.meanfield.export.input.ModelInput;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.TestNetworks;
import io.meanfield.network.layers.ParameterKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Small networks for every layer and activation. The dimensions of most arrays differ, so that the
 * tests find exchanged ones.
 */
final class ExportedNetworks {
  private static final String OUTPUT = ", { dense = 3, activation = softmax } ]";
  private static final String REST =
      ", loss = categorical_crossentropy, optimizer { name = sgd, learning-rate = 0.01, momentum ="
          + " 0, schedule { name = constant, warmup-steps = 0 } } }";

  /** The layers of each network by a name that begins with the key of its first layer. */
  static final Map<String, NetworkSettings> ALL = new LinkedHashMap<>();

  private static void add(String name, String input, String layers) {
    ALL.put(
        name,
        TestNetworks.of("network { input = " + input + ", layers = [ " + layers + OUTPUT + REST));
  }

  static {
    for (String activation :
        List.of(
            "linear",
            "relu",
            "leaky_relu",
            "elu",
            "gelu",
            "mish",
            "selu",
            "sigmoid",
            "tanh",
            "softmax")) {
      add("dense, " + activation, "[5]", "{ dense = 4, activation = " + activation + " }");
    }
    ALL.put("dense, ensemble", ALL.get("dense, relu").withMembers(3));
    conv2D("valid", "[1, 1]");
    conv2D("same", "[1, 1]");
    conv2D("valid", "[2, 3]");
    conv2D("same", "[2, 3]");
    add(
        "max-pooling2d",
        "[7, 6, 2]",
        "{ max-pooling2d = [3, 2], strides = [2, 1] }, { flatten = true }");
    add(
        "average-pooling2d",
        "[7, 6, 2]",
        "{ average-pooling2d = [3, 2], strides = [1, 2] }, { flatten = true }");
    add("flatten", "[4, 3, 2]", "{ flatten = true }");
    add("dropout", "[5]", "{ dropout = 0.4 }");
    add("batch-normalization, rows", "[5]", "{ batch-normalization = true, epsilon = 0.01 }");
    add(
        "batch-normalization, images",
        "[5, 4, 3]",
        "{ batch-normalization = true }, { flatten = true }, { batch-normalization = true }");
    add("lstm", "[5, 4]", "{ lstm = 2 }");
    add("lstm, return-sequences", "[5, 4]", "{ lstm = 3, return-sequences = true }, { lstm = 2 }");
    for (String activation : List.of("tanh", "relu", "gelu", "softmax", "linear")) {
      add(
          "simple-rnn, " + activation,
          "[5, 4]",
          "{ simple-rnn = 3, activation = " + activation + " }");
    }
    add(
        "simple-rnn, return-sequences",
        "[5, 4]",
        "{ simple-rnn = 3, return-sequences = true }, { lstm = 2 }");
    add("embedding", "[5]", "{ embedding = 4, categories = 7 }, { lstm = 2 }");
    String bins = "{ piecewise-linear = [[-1, 0.5, 2], [], [0, 0.25]] }";
    add("piecewise-linear", "[5]", bins);
    add("piecewise-linear of all inputs", "[1]", "{ piecewise-linear = [[-1, 0.5, 2]] }");
    add(
        "piecewise-linear after column-embeddings",
        "[5]",
        "{ column-embeddings = [3, 2], categories = [7, 4] }, " + bins);
    add("scaling", "[5]", "{ scaling = true }");
    add("column-embeddings", "[5]", "{ column-embeddings = [3, 2], categories = [7, 4] }");
  }

  private static void conv2D(String padding, String strides) {
    add(
        "conv2d, " + padding + ", strides " + strides,
        "[7, 6, 2]",
        "{ conv2d = 4, kernel = [3, 5], strides = "
            + strides
            + ", padding = "
            + padding
            + ", activation = relu }, { flatten = true }");
  }

  private ExportedNetworks() {}

  /** Returns the network with random weights that training could produce. */
  static Model model(NetworkSettings network, long seed) {
    Random random = new Random(seed);
    float[] weights = new float[ParameterLayout.of(network).size()];
    for (Parameter parameter : ParameterLayout.of(network).parameters()) {
      boolean small = parameter.kind() == ParameterKind.RUNNING_LOG_DEVIATION;
      for (int i = parameter.offset(); i < parameter.end(); i++) {
        weights[i] = (float) random.nextGaussian() * (small ? 0.2f : 0.5f);
      }
    }
    return Model.untrained(network, 1).with(LearnerState.fresh(weights)).withEngine(Engine.TORCH);
  }

  static ExportedModel exported(Model model, ModelInput input) {
    return new ExportedModel(
        "mnist-1", model, input, List.of(), "1.0", Map.of("run_id", "mnist-1"));
  }
}
