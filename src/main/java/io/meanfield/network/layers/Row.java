package io.meanfield.network.layers;

import java.util.List;
import java.util.Optional;

/**
 * The input requirement and the parameters of layers that are fully connected to a row of numbers.
 */
final class Row {
  static final String REQUIREMENT =
      "a row of numbers: put { flatten = true } or a recurrent layer without return-sequences in"
          + " front";

  private Row() {}

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
