package io.meanfield.engine.dl4j;

import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the activations, losses and updaters of a DL4J configuration. Every method throws a
 * UserException that names what Meanfield does not support.
 *
 * @param name of the model file, for error messages
 */
record Dl4jConfigParts(String name) {
  private static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl";
  private static final String LOSSES = "org.nd4j.linalg.lossfunctions.impl";
  private static final String UPDATERS = "org.nd4j.linalg.learning.config";
  private static final Set<String> HARMLESS_IN_LOSS =
      Set.of("clipEps", "softmaxClipEps", "weights");

  Activation activation(int number, ConfigurationObject layer) {
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

  Loss loss(ConfigurationObject loss) {
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
  Optimizer optimizer(List<ConfigurationObject> layers) {
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

  void requireNoOther(ConfigurationObject object) {
    object
        .other()
        .ifPresent(
            field -> {
              throw unsupported("no field that Meanfield does not know", field);
            });
  }

  /** Returns a class name for a message: short names are Java's, others are of unknown origin. */
  static String display(String type) {
    return type.matches("[A-Za-z0-9]{1,60}") ? type : Printable.quoted(type);
  }

  UserException unsupported(String expected, String found) {
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
