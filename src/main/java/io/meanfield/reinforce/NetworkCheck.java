package io.meanfield.reinforce;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Layer;
import io.meanfield.reinforce.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks whether a network can value the actions of an environment. */
public final class NetworkCheck {
  // Not mae: the gradient of an error that is 0 but for rounding would be as large as any other.
  private static final Set<Loss.Kind> ACCEPTED = Set.of(Loss.Kind.MSE, Loss.Kind.HUBER);

  private NetworkCheck() {}

  /**
   * Throws unless the network has an input for each number of an observation, a linear output for
   * each action, a loss for numbers, and the same outputs in training and in evaluation.
   *
   * @throws UserException with every problem
   */
  public static void require(NetworkSettings network, Environment environment) {
    List<String> problems = new ArrayList<>();
    String suffix = " (the environment " + environment.name() + ")";
    if (network.inputs() != environment.observationSize()) {
      problems.add(
          "network.input must be [%s], the numbers of an observation, found %s%s"
              .formatted(environment.observationSize(), network.input(), suffix));
    }
    if (network.outputs() != environment.actions()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "the last layer of network.layers must have %s units, one for each action, found"
                  + " %s%s",
              environment.actions(),
              network.outputs(),
              suffix));
    }
    if (network.output().activation() != Activation.LINEAR) {
      problems.add(
          String.format(
              Locale.ROOT,
              "the last layer of network.layers must have activation = linear, because its outputs"
                  + " are returns, found %s",
              network.output().activation().name().toLowerCase(Locale.ROOT)));
    }
    if (!ACCEPTED.contains(network.loss().kind())) {
      problems.add(
          "network.loss must be huber or mse for the command play, found " + network.loss().id());
    }
    for (Layer layer : network.layers()) {
      if (layer instanceof Dropout || layer instanceof BatchNormalization) {
        problems.add(
            String.format(
                Locale.ROOT,
                "network.layers has { %s }, which computes other values while it learns than while"
                    + " it plays; remove it for the command play",
                layer.display()));
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", problems));
    }
  }
}
