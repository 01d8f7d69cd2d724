package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A simple recurrent layer, {@code h[t] = activation(x[t] W + h[t-1] R + b)}: Elman 1990.
 *
 * @param returnSequences as for {@link Lstm}
 * @param l2 as for {@link Dense}, on both kernels
 */
public record SimpleRnn(int units, Activation activation, boolean returnSequences, double l2)
    implements RecurrentLayer {
  static final String KEY = "simple-rnn";

  static SimpleRnn read(Section layer) {
    return new SimpleRnn(
        layer.integer(KEY, 1),
        layer.has(LayerSettings.ACTIVATION) ? LayerSettings.activation(layer) : Activation.TANH,
        layer.optionalBoolean(LayerSettings.RETURN_SEQUENCES),
        LayerSettings.l2(layer));
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, units);
    settings.put(LayerSettings.ACTIVATION, LayerSettings.name(activation));
    settings.put(LayerSettings.RETURN_SEQUENCES, returnSequences);
    settings.put(LayerSettings.L2, l2);
    return settings;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return RecurrentLayer.parameters(input, units, Axis.of(units), Initializer.Constant.ZERO);
  }
}
