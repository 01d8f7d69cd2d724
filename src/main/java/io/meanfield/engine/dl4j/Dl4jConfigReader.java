package io.meanfield.engine.dl4j;

import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Autoencoder;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a network from a DL4J configuration. Supports dense layers and autoencoders only, because
 * the configuration lacks the size of images and the length of sequences. Ignores what changes the
 * training only: dropout, penalties, clipping, constraints, the weights of a loss. Refuses every
 * other field that it does not read.
 */
final class Dl4jConfigReader {
  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers";
  private static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl";
  private static final String LOSSES = "org.nd4j.linalg.lossfunctions.impl";
  private static final String UPDATERS = "org.nd4j.linalg.learning.config";
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
  private static final Set<String> HARMLESS_IN_AUTOENCODER =
      Set.of("lossFunction", "sparsity", "visibleBiasInit");
  private static final Set<String> HARMLESS_IN_LOSS =
      Set.of("clipEps", "softmaxClipEps", "weights");

  private final ConfigurationObject configuration;
  private final String name;
  private final String file;
  private final List<ConfigurationObject> confs;

  private Dl4jConfigReader(ConfigurationObject configuration, String name, String file) {
    this.configuration = configuration;
    this.name = name;
    this.file = file;
    if (configuration.has("vertices")) {
      throw unsupported("a MultiLayerNetwork", "a ComputationGraph");
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
            loss(output.object("lossFn")),
            optimizer(layers));
    requireNoOther(layers);
    // Applies the rules of the settings, such as softmax for a categorical cross-entropy.
    return NetworkJson.parse(NetworkJson.write(network, Threshold.DEFAULT), file);
  }

  private void requireInputs(List<ConfigurationObject> layers, int number) {
    int inputs = layers.get(number).integer("nin", 1);
    int expected = number == 0 ? inputs : layers.get(number - 1).integer("nout", 1);
    if (inputs != expected) {
      throw unsupported(expected + " inputs of layer " + number, String.valueOf(inputs));
    }
  }

  private Layer layer(int number, ConfigurationObject layer, boolean last) {
    String type = layer.type(LAYERS);
    if (!last && type.equals("AutoEncoder")) {
      layer.ignore(HARMLESS_IN_AUTOENCODER);
      return new Autoencoder(
          layer.integer("nout", 1), activation(number, layer), layer.number("corruptionLevel"));
    }
    if (!type.equals(last ? "OutputLayer" : "DenseLayer")) {
      throw unsupported(
          "DenseLayer or AutoEncoder, and OutputLayer as the last layer",
          display(type) + " as layer " + number);
    }
    requireFlag(layer, "hasBias", true, number);
    requireFlag(layer, "hasLayerNorm", false, number);
    return new Dense(layer.integer("nout", 1), activation(number, layer));
  }

  private void requireFlag(ConfigurationObject layer, String key, boolean expected, int number) {
    if (layer.has(key) && layer.flag(key) != expected) {
      throw unsupported(key + " " + expected, !expected + " in layer " + number);
    }
  }

  private Activation activation(int number, ConfigurationObject layer) {
    ConfigurationObject activation = layer.object("activationFn");
    String type = activation.type(ACTIVATIONS);
    Activation read =
        switch (type) {
          case "ActivationReLU" -> Activation.RELU;
          case "ActivationLReLU" ->
              withAlpha(activation, Activation.LEAKY_RELU_SLOPE, Activation.LEAKY_RELU, number);
          case "ActivationELU" -> withAlpha(activation, 1, Activation.ELU, number);
          case "ActivationSigmoid" -> Activation.SIGMOID;
          case "ActivationTanH" -> Activation.TANH;
          case "ActivationSoftmax" -> Activation.SOFTMAX;
          case "ActivationIdentity" -> Activation.LINEAR;
          // Not ActivationGELU, which has a different formula.
          default -> throw unsupportedActivation(display(type), number);
        };
    activation
        .other()
        .ifPresent(
            field -> {
              throw unsupportedActivation(display(type) + " with " + field, number);
            });
    return read;
  }

  private Activation withAlpha(
      ConfigurationObject activation, double alpha, Activation read, int number) {
    if (activation.number("alpha") != alpha) {
      throw unsupportedActivation(
          activation.type(ACTIVATIONS) + " with alpha " + activation.number("alpha"), number);
    }
    return read;
  }

  private UserException unsupportedActivation(String found, int number) {
    return unsupported(
        "the activation relu, leaky_relu (slope 0.2), elu (alpha 1), sigmoid, tanh, softmax or"
            + " linear",
        found + " in layer " + number);
  }

  private Loss loss(ConfigurationObject loss) {
    String type = loss.type(LOSSES);
    Loss read =
        switch (type) {
          case "LossMCXENT", "LossNegativeLogLikelihood" -> Loss.CATEGORICAL_CROSSENTROPY;
          case "LossBinaryXENT" -> Loss.BINARY_CROSSENTROPY;
          case "LossMAE" -> Loss.MAE;
          case "LossMSE" -> Loss.MSE;
          default ->
              throw unsupported(
                  "the loss LossMCXENT, LossBinaryXENT, LossMSE or LossMAE", display(type));
        };
    requireNoOther(loss.ignore(HARMLESS_IN_LOSS));
    return read;
  }

  /** Returns the optimizer of all layers: one state of the optimizer belongs to all of them. */
  private Optimizer optimizer(List<ConfigurationObject> layers) {
    List<Optimizer> optimizers = new ArrayList<>();
    for (ConfigurationObject layer : layers) {
      optimizers.add(optimizer(layer.object("iupdater")));
      if (layer.has("biasUpdater")) {
        optimizers.add(optimizer(layer.object("biasUpdater")));
      }
    }
    if (Set.copyOf(optimizers).size() > 1) {
      throw unsupported("the same updater in all layers", "several");
    }
    return optimizers.get(0);
  }

  private Optimizer optimizer(ConfigurationObject updater) {
    String type = updater.type(UPDATERS);
    if (updater.has("learningRateSchedule")) {
      throw unsupported("an updater without a schedule", display(type) + " with one");
    }
    Optimizer read =
        switch (type) {
          case "Adam" ->
              new Optimizer.Adam(
                  updater.number("learningRate"),
                  updater.number("beta1"),
                  updater.number("beta2"),
                  updater.number("epsilon"));
          case "RmsProp" ->
              new Optimizer.RmsProp(
                  updater.number("learningRate"),
                  updater.number("rmsDecay"),
                  updater.number("epsilon"));
          case "Nesterovs" ->
              new Optimizer.Sgd(updater.number("learningRate"), updater.number("momentum"), true);
          case "Sgd" -> new Optimizer.Sgd(updater.number("learningRate"));
          default ->
              throw unsupported("the updater Sgd, Nesterovs, RmsProp or Adam", display(type));
        };
    requireNoOther(updater);
    return read;
  }

  private void requireNoOther(List<ConfigurationObject> layers) {
    requireNoPreprocessor();
    requireFloats(configuration);
    requireNoOther(configuration.ignore(HARMLESS_IN_NETWORK));
    for (ConfigurationObject conf : confs) {
      requireFloats(conf);
      requireNoOther(conf.ignore(HARMLESS_IN_CONF));
    }
    for (ConfigurationObject layer : layers) {
      requireNoOther(layer.ignore(HARMLESS_IN_LAYER));
    }
  }

  private void requireNoPreprocessor() {
    if (configuration.has("inputPreProcessors")
        && configuration.object("inputPreProcessors").other().isPresent()) {
      throw unsupported("no inputPreProcessors", "some");
    }
  }

  private void requireFloats(ConfigurationObject object) {
    if (object.has("dataType") && !object.text("dataType").equals("FLOAT")) {
      throw UnusableModel.because(
          file
              + ": expected FLOAT as dataType, found "
              + Printable.quoted(object.text("dataType"))
              + "; convert the network with DL4J's convertDataType and save it again",
          null);
    }
  }

  private void requireNoOther(ConfigurationObject object) {
    object
        .other()
        .ifPresent(
            field -> {
              throw unsupported("no field that Meanfield does not know", field);
            });
  }

  /** Returns a class name for a message: short names are Java's, others are of unknown origin. */
  private static String display(String type) {
    return type.matches("[A-Za-z0-9]{1,60}") ? type : Printable.quoted(type);
  }

  private UserException unsupported(String expected, String found) {
    return UnusableModel.because(
        name
            + " is a DL4J network that Meanfield cannot read: expected "
            + expected
            + ", found "
            + found
            + "; write the network in a job file and import its weights with train --from"
            + " WEIGHTS.npz",
        null);
  }
}
