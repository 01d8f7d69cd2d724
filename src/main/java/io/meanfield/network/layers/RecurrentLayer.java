package io.meanfield.network.layers;

import java.util.List;
import java.util.Optional;

/** A layer whose state after each step depends on that step of a sequence and the state before. */
interface RecurrentLayer extends Layer {
  /** Returns the number of elements of the state. */
  int units();

  /** Returns whether the output is the state after every step, not only after the last one. */
  boolean returnSequences();

  @Override
  default Optional<Shape> outputShape(Shape input) {
    if (!(input instanceof Shape.Sequence sequence)) {
      return Optional.empty();
    }
    return Optional.of(
        returnSequences()
            ? new Shape.Sequence(sequence.steps(), units())
            : new Shape.Flat(units()));
  }

  @Override
  default String inputRequirement() {
    return "a sequence [steps, features]";
  }

  /**
   * Returns a kernel [features, gates x units], a recurrent kernel [units, gates x units] and a
   * bias [gates x units].
   *
   * @param gates the axis of gates x units
   */
  static List<ParameterSpec> parameters(Shape input, int units, Axis gates, Initializer bias) {
    int features = ((Shape.Sequence) input).features();
    return List.of(
        ParameterSpec.matrix(
            ParameterKind.KERNEL, Axis.of(features), gates, new Initializer.GlorotUniform()),
        ParameterSpec.matrix(
            ParameterKind.RECURRENT_KERNEL, Axis.of(units), gates, new Initializer.Orthogonal()),
        ParameterSpec.vector(ParameterKind.BIAS, gates, bias));
  }
}
