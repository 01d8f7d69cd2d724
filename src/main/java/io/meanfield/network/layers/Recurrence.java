package io.meanfield.network.layers;

import java.util.List;
import java.util.Optional;

/** The input requirement and the parameters of recurrent layers. */
final class Recurrence {
  static final String REQUIREMENT = "a sequence [steps, features]";

  private Recurrence() {}

  static Optional<Shape> outputShape(Shape input, int units, boolean returnSequences) {
    if (!(input instanceof Shape.Sequence sequence)) {
      return Optional.empty();
    }
    return Optional.of(
        returnSequences ? new Shape.Sequence(sequence.steps(), units) : new Shape.Flat(units));
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
            ParameterKind.RECURRENT_KERNEL, Axis.of(units), gates, new Orthogonal()),
        ParameterSpec.vector(ParameterKind.BIAS, gates, bias));
  }
}
