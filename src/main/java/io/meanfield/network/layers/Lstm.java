package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Long short-term memory: Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al.
 * 2000. The activation is tanh; the gates use sigmoid.
 *
 * @param returnSequences whether the output is the state after every step; else it is the state
 *     after the last step
 * @param l2 as for {@link Dense}, on both kernels
 */
public record Lstm(int units, boolean returnSequences, double l2) implements RecurrentLayer {
  static final String KEY = "lstm";

  /**
   * For each block of units in the order of Keras and LibTorch, its index among DL4J's blocks. The
   * order of Keras and LibTorch is input gate, forget gate, candidate, output gate; DL4J's order is
   * candidate, forget gate, output gate, input gate.
   */
  public static final List<Integer> DL4J_BLOCKS = List.of(3, 1, 0, 2);

  private static final int MAX_UNITS = Integer.MAX_VALUE / DL4J_BLOCKS.size();

  static Lstm read(Section layer) {
    int units = layer.integer(KEY, 1);
    if (units > MAX_UNITS) {
      layer.invalid(KEY, "at most " + MAX_UNITS);
    }
    return new Lstm(
        units, layer.optionalBoolean(LayerSettings.RETURN_SEQUENCES), LayerSettings.l2(layer));
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, units);
    settings.put(LayerSettings.RETURN_SEQUENCES, returnSequences);
    settings.put(LayerSettings.L2, l2);
    return settings;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return RecurrentLayer.parameters(
        input, units, Axis.ofBlocks(units, DL4J_BLOCKS), new UnitForgetBias(units));
  }

  /**
   * Sets the biases of the forget gate, DL4J's second block, to 1 (Jozefowicz et al. 2015) and all
   * other biases to 0.
   */
  private record UnitForgetBias(int units) implements Initializer {
    @Override
    public void fill(float[] weights, int offset, List<Integer> shape, SplittableRandom random) {
      Initializer.Constant.ZERO.fill(weights, offset, shape, random);
      Arrays.fill(weights, offset + units, offset + 2 * units, 1);
    }
  }
}
