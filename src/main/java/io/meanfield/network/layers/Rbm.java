package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A restricted Boltzmann machine (Hinton 2002; Hinton 2010, "A practical guide to training
 * restricted Boltzmann machines"). It is trained without labels to give its inputs a high
 * probability. In a network with labels its output is the probability of each hidden unit, {@code
 * sigmoid(x W + b)}, as that of a dense layer: a stack of these layers is a deep belief network.
 *
 * @param units number of hidden units, which are binary
 * @param visible distribution of the inputs
 * @param algorithm where the Gibbs chains of training start
 * @param steps Gibbs steps, each of the hidden and then of the visible units, for each minibatch: k
 *     of CD-k
 * @param l2 the penalty {@code l2 * sum(W^2)}, in pre-training too; 0 for none
 */
public record Rbm(
    int units, VisibleUnits visible, ContrastiveDivergence algorithm, int steps, double l2)
    implements Layer {
  static final String KEY = "rbm";
  private static final String VISIBLE = "visible";
  private static final String ALGORITHM = "algorithm";
  private static final String STEPS = "steps";

  static Rbm read(Section layer) {
    return new Rbm(
        layer.integer(KEY, 1),
        layer.isSet(VISIBLE) ? layer.choice(VISIBLE, VisibleUnits.class) : VisibleUnits.BINARY,
        layer.isSet(ALGORITHM)
            ? layer.choice(ALGORITHM, ContrastiveDivergence.class)
            : ContrastiveDivergence.CD,
        layer.isSet(STEPS) ? layer.integer(STEPS, 1) : 1,
        LayerSettings.l2(layer));
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, units);
    settings.put(VISIBLE, LayerSettings.name(visible));
    settings.put(ALGORITHM, LayerSettings.name(algorithm));
    settings.put(STEPS, steps);
    settings.put(LayerSettings.L2, l2);
    return settings;
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return FullyConnected.outputShape(input, units);
  }

  @Override
  public String inputRequirement() {
    return FullyConnected.INPUT_REQUIREMENT;
  }

  /** Returns W and b, which start as those of a dense layer, and the biases of the inputs. */
  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return FullyConnected.reconstructingParameters(input, units);
  }

  @Override
  public Activation activation() {
    return Activation.SIGMOID;
  }

  @Override
  public Optional<Activation> reconstructionActivation() {
    return Optional.of(visible.mean());
  }
}
