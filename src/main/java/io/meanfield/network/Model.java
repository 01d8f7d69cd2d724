package io.meanfield.network;

import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Precision;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A network with its weights.
 *
 * @param threshold from which the network predicts class 1; {@link Threshold#DEFAULT} unless the
 *     network is for two classes
 */
public record Model(EngineNetwork network, LearnerState state, Threshold threshold) {
  public Model {
    if (threshold.isSet() && network.outputs() > 2) {
      throw new IllegalArgumentException(
          "only a network for two classes has a threshold, found %s outputs"
              .formatted(network.outputs()));
    }
  }

  /** Creates a model for which no threshold was set. */
  public Model(EngineNetwork network, LearnerState state) {
    this(network, state, Threshold.DEFAULT);
  }

  /** Returns an untrained network on the reference engine, with weights drawn from {@code seed}. */
  public static Model untrained(NetworkSettings network, long seed) {
    return new Model(
        new EngineNetwork(network, Engine.DL4J),
        LearnerState.fresh(WeightInitializer.of(network, seed)));
  }

  /** Returns a member of an ensemble; this model if it is one network. */
  public Model member(int number) {
    if (network.settings().members() == 1) {
      return this;
    }
    return new Model(
        network.member(), state.member(number, network.settings().members()), threshold);
  }

  /** Returns the same network with another state of the same weight layout. */
  public Model with(LearnerState other) {
    return new Model(network, other, threshold);
  }

  /** Returns the same model with another threshold. */
  public Model with(Threshold other) {
    return new Model(network, state, other);
  }

  /** Returns the same model with other kernels. */
  public Model withKernels(Kernels kernels) {
    return new Model(network.withKernels(kernels), state, threshold);
  }

  /** Returns the same model, whose training computes products with a precision. */
  public Model withPrecision(Precision precision) {
    return new Model(network.withPrecision(precision), state, threshold);
  }

  /** Returns a model with the same weights, whose training scales targets. */
  public Model withTargets(TargetScale scale) {
    return new Model(network.withTargets(scale), state, threshold);
  }

  /** Returns the same model, whose outputs are scaled and whose training scales targets. */
  public Model learning(TargetScale scale) {
    float[] weights = scale.scaled(network.settings(), state.weights());
    return withTargets(scale).with(state.withWeights(weights));
  }

  /** Returns the same model with outputs in the unit of the targets. */
  public Model inUnitOfTargets() {
    float[] weights = network.targets().unscaled(network.settings(), state.weights());
    return new Model(network.withTargets(TargetScale.NONE), state.withWeights(weights), threshold);
  }

  /**
   * Returns the same model whose logits, or those of each member, are divided by a temperature.
   *
   * @throws IllegalArgumentException if the outputs are no probabilities
   */
  public Model tempered(double temperature) {
    int outputs = network.outputs();
    return withLogits(
        new TargetScale(
            Collections.nCopies(outputs, 0.0), Collections.nCopies(outputs, 1 / temperature)));
  }

  /**
   * Returns the same model without the effect of class weights on its probabilities. A network that
   * minimises a loss in which class c has the weight w learns probabilities in proportion to {@code
   * w p(c)}, so {@code log w} is subtracted from the logit of the class (Elkan 2001, "The
   * Foundations of Cost-Sensitive Learning", theorem 2).
   *
   * @param weights of the classes, at least 0; a class of weight 0 had no examples
   * @throws IllegalArgumentException if the outputs are no probabilities
   */
  public Model withoutClassWeights(double[] weights) {
    double[] logs = DoubleStream.of(weights).map(w -> w > 0 ? Math.log(w) : 0).toArray();
    List<Double> shifts =
        network.outputs() == 1
            ? List.of(logs[0] - logs[1])
            : DoubleStream.of(logs).mapToObj(log -> -log).toList();
    return withLogits(new TargetScale(shifts, Collections.nCopies(network.outputs(), 1.0)));
  }

  private Model withLogits(TargetScale scale) {
    if (!network.loss().givesProbabilities()) {
      throw new IllegalArgumentException("only probabilities have logits");
    }
    return with(state.withWeights(scale.unscaled(network.settings(), state.weights())));
  }

  /** Returns the same model, whose predictions are within bounds. */
  public Model within(OutputBounds bounds) {
    return new Model(network.within(bounds), state, threshold);
  }

  /** Returns the same model with other intervals around its predictions. */
  public Model with(Intervals intervals) {
    return new Model(network.with(intervals), state, threshold);
  }

  /** Returns the same model on another engine. */
  public Model withEngine(Engine engine) {
    return new Model(network.withEngine(engine), state, threshold);
  }
}
