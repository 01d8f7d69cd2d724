package io.meanfield.network;

import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.ParameterSpec;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An optimizer with Keras' hyper-parameters and defaults. */
public sealed interface Optimizer extends Serializable {
  String NAME = "name";
  String LEARNING_RATE = "learning-rate";
  String MOMENTUM = "momentum";
  String NESTEROV = "nesterov";
  String BETA_1 = "beta-1";
  String BETA_2 = "beta-2";
  String EPSILON = "epsilon";
  String WEIGHT_DECAY = "weight-decay";
  String SCALE_BY_FAN_IN = "scale-by-fan-in";

  /**
   * Returns the learning rate; with a {@link LearningRateSchedule}, the rate to which the schedule
   * is applied.
   */
  double learningRate();

  /** Returns how many numbers of state the optimizer keeps for each weight. */
  int statePerWeight();

  /**
   * Returns the decays of the first and the second moment if these are the two vectors of the
   * optimizer's state, as in Adam; else empty.
   */
  Optional<Decays> decays();

  /** How much of the mean of gradients, and of that of their squares, remains after a step. */
  record Decays(double first, double second) {}

  /** Returns the initial value of every number of the optimizer's state. */
  default double freshState() {
    return 0;
  }

  /** Returns AdamW's decoupled weight decay; 0 for the other optimizers. */
  default double weightDecay() {
    return 0;
  }

  /**
   * Returns the factor of the learning rate for an array of weights.
   *
   * @param layer of the array
   */
  default double rateFactor(Layer layer, ParameterSpec spec) {
    return 1;
  }

  /** Returns the settings from which {@link #read} restores the optimizer. */
  Map<String, Object> toSettings();

  /** Calls the visitor's case for this optimizer. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A case for each optimizer.
   *
   * @param <R> what each case returns
   */
  interface Visitor<R> {
    R sgd(Sgd sgd);

    R rmsProp(RmsProp rmsProp);

    R adam(Adam adam);

    R adamW(AdamW adamW);
  }

  /**
   * Stochastic gradient descent, {@code w -= learningRate * g}; with momentum, Keras' {@code v =
   * momentum * v - learningRate * g; w += v} (Polyak 1964). With Nesterov's look-ahead, {@code w +=
   * momentum * v - learningRate * g} (Sutskever et al. 2013, equations 3 and 4, where {@code w} is
   * the point at which they take the gradient).
   */
  record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {
    /** Creates an optimizer without momentum. */
    public Sgd(double learningRate) {
      this(learningRate, 0, false);
    }

    @Override
    public int statePerWeight() {
      return momentum == 0 ? 0 : 1;
    }

    @Override
    public Optional<Decays> decays() {
      return Optional.empty();
    }

    @Override
    public Map<String, Object> toSettings() {
      Map<String, Object> settings = settings(Name.SGD, learningRate);
      settings.put(MOMENTUM, momentum);
      settings.put(NESTEROV, nesterov);
      return settings;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sgd(this);
    }
  }

  /**
   * RMSprop with rho = 0.9, {@code v = rho * v + (1 - rho) * g^2; w -= learningRate * g / (sqrt(v)
   * + epsilon)}: Tieleman and Hinton 2012, lecture 6.5. Keras adds epsilon inside the root.
   */
  record RmsProp(double learningRate, double epsilon) implements Optimizer {
    /** Keras' default. */
    public static final double RHO = 0.9;

    @Override
    public int statePerWeight() {
      return 1;
    }

    @Override
    public Optional<Decays> decays() {
      return Optional.empty();
    }

    /** Returns epsilon, the initial value of DL4J's mean of squares. */
    @Override
    public double freshState() {
      return epsilon;
    }

    @Override
    public Map<String, Object> toSettings() {
      Map<String, Object> settings = settings(Name.RMSPROP, learningRate);
      settings.put(EPSILON, epsilon);
      return settings;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rmsProp(this);
    }
  }

  /**
   * Adam: Kingma and Ba 2015, algorithm 1, with epsilon outside the bias correction as in their
   * section 2.
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements Optimizer {
    @Override
    public int statePerWeight() {
      return 2;
    }

    @Override
    public Optional<Decays> decays() {
      return Optional.of(new Decays(beta1, beta2));
    }

    @Override
    public Map<String, Object> toSettings() {
      return moments(settings(Name.ADAM, learningRate), beta1, beta2, epsilon);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.adam(this);
    }
  }

  /**
   * Adam with decoupled weight decay, {@code w -= learningRate * weightDecay * w} in addition to
   * Adam's step: Loshchilov and Hutter 2019, algorithm 2. Only kernels decay.
   *
   * @param scaleByFanIn whether Adam's step of a dense kernel is divided by the root of its inputs,
   *     that of a bias by 10, and that of a scaling multiplied by 6, as with the neural tangent
   *     parametrisation of RealMLP: Holzmüller et al. 2024, "Better by Default", section 3
   */
  record AdamW(
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      boolean scaleByFanIn)
      implements Optimizer {
    private static final double BIAS_FACTOR = 0.1;
    private static final double SCALE_FACTOR = 6;

    @Override
    public double rateFactor(Layer layer, ParameterSpec spec) {
      if (!scaleByFanIn) {
        return 1;
      }
      return switch (spec.kind()) {
        // An embedding has one input at a time.
        case KERNEL, RECURRENT_KERNEL ->
            layer.acceptedInputs().areAny() ? 1 / Math.sqrt(spec.shape().get(0)) : 1;
        case BIAS, BETA -> BIAS_FACTOR;
        case SCALE -> SCALE_FACTOR;
        case GAMMA, RUNNING_MEAN, RUNNING_LOG_DEVIATION -> 1;
      };
    }

    @Override
    public int statePerWeight() {
      return 2;
    }

    @Override
    public Optional<Decays> decays() {
      return Optional.of(new Decays(beta1, beta2));
    }

    @Override
    public Map<String, Object> toSettings() {
      Map<String, Object> settings = settings(Name.ADAMW, learningRate);
      moments(settings, beta1, beta2, epsilon);
      settings.put(WEIGHT_DECAY, weightDecay);
      settings.put(SCALE_BY_FAN_IN, scaleByFanIn);
      return settings;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.adamW(this);
    }
  }

  /** The names of the optimizers in settings. */
  enum Name {
    ADAM,
    ADAMW,
    RMSPROP,
    SGD
  }

  /** Reads {@code network.optimizer}. Each invalid value becomes a problem of the settings. */
  static Optimizer read(Section optimizer) {
    return new OptimizerSettings(optimizer).read();
  }

  private static Map<String, Object> settings(Name name, double learningRate) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(LEARNING_RATE, learningRate);
    settings.put(NAME, name.name().toLowerCase(Locale.ROOT));
    return settings;
  }

  private static Map<String, Object> moments(
      Map<String, Object> settings, double beta1, double beta2, double epsilon) {
    settings.put(BETA_1, beta1);
    settings.put(BETA_2, beta2);
    settings.put(EPSILON, epsilon);
    return settings;
  }
}
