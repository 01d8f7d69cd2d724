package io.meanfield.engine.dl4j;

import io.meanfield.error.UserException;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Layer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a network from a DL4J configuration. Supports dense layers only, because the configuration
 * lacks the size of images and the length of sequences. Ignores what changes the training only:
 * dropout, penalties, clipping, constraints, the weights of a loss. Refuses every other field that
 * it does not read.
 */
final class Dl4jConfigReader {
  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers";
  private static final Set<String> HARMLESS_IN_NETWORK =
      Set.of(
          "backpropType",
          "cacheMode",
          "epochCount",
          "inferenceWorkspaceMode",
          "iterationCount",
          "tbpttBackLength",
          "tbpttFwdLength",
          "trainingWorkspaceMode",
          "validateOutputLayerConfig");
  private static final Set<String> HARMLESS_IN_CONF =
      Set.of(
          "cacheMode",
          "epochCount",
          "iterationCount",
          "maxNumLineSearchIterations",
          "miniBatch",
          "minimize",
          "optimizationAlgo",
          "seed",
          "stepFunction",
          "variables");
  private static final Set<String> HARMLESS_IN_LAYER =
      Set.of(
          "biasInit",
          "constraints",
          "gainInit",
          "gradientNormalization",
          "gradientNormalizationThreshold",
          "idropout",
          "layerName",
          "regularization",
          "regularizationBias",
          "timeDistributedFormat",
          "weightInitFn",
          "weightNoise");

  private final ConfigurationObject configuration;
  private final String file;
  private final List<ConfigurationObject> confs;
  private final Dl4jConfigParts parts;

  private Dl4jConfigReader(ConfigurationObject configuration, String name, String file) {
    this.configuration = configuration;
    this.file = file;
    this.parts = new Dl4jConfigParts(name);
    if (configuration.has("vertices")) {
      throw parts.unsupported("a MultiLayerNetwork", "a ComputationGraph");
    }
    this.confs = configuration.objects("confs");
  }

  /**
   * Returns the network of a configuration.
   *
   * @param name of the model file, for error messages
   * @param file the name of the configuration in it, for error messages
   * @throws UserException if Meanfield does not support the network; names the first unsupported
   *     layer, activation, loss, updater or field
   */
  static NetworkSettings read(ConfigurationObject configuration, String name, String file) {
    return new Dl4jConfigReader(configuration, name, file).read();
  }

  private NetworkSettings read() {
    List<ConfigurationObject> layers = confs.stream().map(conf -> conf.object("layer")).toList();
    List<Layer> read = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      requireInputs(layers, i);
      read.add(layer(i, layers.get(i), i == layers.size() - 1));
    }
    ConfigurationObject output = layers.get(layers.size() - 1);
    NetworkSettings network =
        new NetworkSettings(
            List.of(layers.get(0).integer("nin", 1)),
            read,
            parts.loss(output.object("lossFn")),
            parts.optimizer(layers));
    requireNoOther(layers);
    // Applies the rules of the settings, such as softmax for a categorical cross-entropy.
    return NetworkJson.parse(
        NetworkJson.write(network, Threshold.DEFAULT).getBytes(StandardCharsets.UTF_8), file);
  }

  private void requireInputs(List<ConfigurationObject> layers, int number) {
    int inputs = layers.get(number).integer("nin", 1);
    int expected = number == 0 ? inputs : layers.get(number - 1).integer("nout", 1);
    if (inputs != expected) {
      throw parts.unsupported(expected + " inputs of layer " + number, String.valueOf(inputs));
    }
  }

  private Layer layer(int number, ConfigurationObject layer, boolean last) {
    String type = layer.type(LAYERS);
    if (!type.equals(last ? "OutputLayer" : "DenseLayer")) {
      throw parts.unsupported(
          "DenseLayer, and OutputLayer as the last layer",
          Dl4jConfigParts.display(type) + " as layer " + number);
    }
    requireFlag(layer, "hasBias", true, number);
    requireFlag(layer, "hasLayerNorm", false, number);
    return new Dense(layer.integer("nout", 1), parts.activation(number, layer));
  }

  private void requireFlag(ConfigurationObject layer, String key, boolean expected, int number) {
    if (layer.has(key) && layer.flag(key) != expected) {
      throw parts.unsupported(key + " " + expected, !expected + " in layer " + number);
    }
  }

  private void requireNoOther(List<ConfigurationObject> layers) {
    requireNoPreprocessor();
    requireFloats(configuration);
    parts.requireNoOther(configuration.ignore(HARMLESS_IN_NETWORK));
    for (ConfigurationObject conf : confs) {
      requireFloats(conf);
      parts.requireNoOther(conf.ignore(HARMLESS_IN_CONF));
    }
    for (ConfigurationObject layer : layers) {
      parts.requireNoOther(layer.ignore(HARMLESS_IN_LAYER));
    }
  }

  private void requireNoPreprocessor() {
    if (configuration.has("inputPreProcessors")
        && configuration.object("inputPreProcessors").other().isPresent()) {
      throw parts.unsupported("no inputPreProcessors", "some");
    }
  }

  private void requireFloats(ConfigurationObject object) {
    if (object.has("dataType") && !object.text("dataType").equals("FLOAT")) {
      throw UnusableModel.because(
          file
              + ": expected FLOAT as dataType, found "
              + object.quoted("dataType")
              + "; convert the network with DL4J's convertDataType and save it again",
          null);
    }
  }
}
