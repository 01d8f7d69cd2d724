package io.meanfield.network.layers;

import java.util.List;
import java.util.Optional;

/** The shapes and parameters of layers whose units are connected to every number of a row. */
final class FullyConnected {
  static final String INPUT_REQUIREMENT =
      "a row of numbers: put { flatten = true } or a recurrent layer without return-sequences in"
          + " front";

  private FullyConnected() {}

  static Optional<Shape> outputShape(Shape input, int units) {
    return input instanceof Shape.Flat ? Optional.of(new Shape.Flat(units)) : Optional.empty();
  }

  /** Returns a kernel [inputs, units] and a bias [units]. */
  static List<ParameterSpec> parameters(Shape input, int units) {
    return List.of(
        ParameterSpec.matrix(
            ParameterKind.KERNEL,
            Axis.ofInputs(input.count()),
            Axis.of(units),
            new Initializer.GlorotUniform()),
        ParameterSpec.vector(ParameterKind.BIAS, Axis.of(units), Initializer.Constant.ZERO));
  }
}
