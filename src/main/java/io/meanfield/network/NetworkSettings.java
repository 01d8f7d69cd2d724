package io.meanfield.network;

import io.meanfield.network.layers.AcceptedInputs;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.network.layers.PiecewiseLinear;
import io.meanfield.network.layers.Shape;
import io.meanfield.random.Permutation;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings of a network in Keras' terms, with its loss and optimizer: everything that an engine
 * needs.
 *
 * @param input shape of one example, in Keras' order: [numbers], [steps, features] or [height,
 *     width, channels]; if the settings do not give it, empty until it is derived from the data
 * @param layers from input to output, at least one; the last is Dense
 * @param clipNorm the largest norm of the gradient of an array of weights; 0 for no clipping
 * @param schedule of the optimizer's learning rate
 * @param members of an ensemble: networks of these layers, each with weights of its own, whose mean
 *     output is the output; 1 for a single network
 */
public record NetworkSettings(
    List<Integer> input,
    List<Layer> layers,
    Loss loss,
    Optimizer optimizer,
    double clipNorm,
    LearningRateSchedule schedule,
    int members)
    implements Serializable {
  /** The key of the list of all layers. */
  public static final String LAYERS = "layers";

  static final String CLIP_NORM = "clip-norm";
  private static final String HIDDEN_LAYERS = "hidden-layers";

  /** The number of classes that labels may have if the network does not determine it. */
  public static final int MOST_LABEL_CLASSES = 1 << 16;

  /** Creates a network with a constant learning rate and no gradient clipping. */
  public NetworkSettings(List<Integer> input, List<Layer> layers, Loss loss, Optimizer optimizer) {
    this(input, layers, loss, optimizer, LearningRateSchedule.CONSTANT);
  }

  /** Creates a network without gradient clipping. */
  public NetworkSettings(
      List<Integer> input,
      List<Layer> layers,
      Loss loss,
      Optimizer optimizer,
      LearningRateSchedule schedule) {
    this(input, layers, loss, optimizer, 0, schedule, 1);
  }

  /** Returns an ensemble of networks like this one. */
  public NetworkSettings withMembers(int count) {
    return new NetworkSettings(input, layers, loss, optimizer, clipNorm, schedule, count);
  }

  /** Returns the network of which each member is one. */
  public NetworkSettings member() {
    return withMembers(1);
  }

  /** Returns the seed of a member; {@code seed} for the first one. */
  public static long memberSeed(long seed, int member) {
    return member == 0 ? seed : Permutation.key(seed, member);
  }

  /**
   * Reads {@code network}. Each invalid value, and the first layer that cannot follow the one
   * before it, becomes a problem of the settings. If the settings do not name all layers, the
   * network has the hidden layers only, and a loss without meaning.
   */
  public static NetworkSettings read(Section network) {
    boolean isWhole = network.isSet(LAYERS);
    List<Section> hiddenSections =
        isWhole && !network.isSet(HIDDEN_LAYERS) // as in a model file
            ? List.of()
            : network.optionalSections(
                HIDDEN_LAYERS,
                "a list of objects { … }, or of numbers of units",
                LayerTypes::hidden);
    List<Layer> hidden = hiddenSections.stream().map(LayerTypes::read).toList();
    List<Section> sections = isWhole ? network.sections(LAYERS) : hiddenSections;
    List<Layer> layers = isWhole ? sections.stream().map(LayerTypes::read).toList() : hidden;
    Section optimizer = network.section("optimizer");
    NetworkSettings settings =
        new NetworkSettings(
            network.isSet("input") ? network.integers("input", 1) : List.of(),
            layers,
            Loss.read(network, layers),
            Optimizer.read(optimizer),
            clipNorm(optimizer),
            LearningRateSchedule.read(optimizer.section("schedule")),
            1);
    if (settings.input.size() > 3) {
      network.invalid("input", "[numbers], [steps, features] or [height, width, channels]");
    } else if (settings.isInputKnown() && !Shape.of(settings.input).isCountable()) {
      network.invalid("input", "a shape of " + Shape.MAX_COUNT);
    } else if (!layers.isEmpty() && settings.isInputKnown()) {
      new ShapeCheck(layers, sections, settings.optimizer.statePerWeight())
          .run(settings.exampleShape(), network.place("input"));
    }
    if (isWhole && !layers.isEmpty()) {
      new LastLayer(layers, settings.loss).check(sections.get(sections.size() - 1));
    }
    return settings;
  }

  private static double clipNorm(Section optimizer) {
    return optimizer.optionalNumber(
        CLIP_NORM, limit -> limit > 0 && limit < 1e9, "above 0 and below 1000000000", 0);
  }

  /** Returns the layer with a number as {@link ParameterLayout} counts them. */
  public Layer layer(int number) {
    return layers.get(number % layers.size());
  }

  /** Returns whether the shape of an example is known. */
  public boolean isInputKnown() {
    return !input.isEmpty();
  }

  /** Returns whether the layers accept an example of this shape. */
  public boolean accepts(List<Integer> exampleShape) {
    Optional<Shape> shape = Optional.of(layers.get(0).exampleShape(Shape.of(exampleShape)));
    for (Layer layer : layers) {
      shape = shape.filter(Shape::isCountable).flatMap(layer::outputShape);
    }
    return shape.isPresent();
  }

  /** Returns the name of a constant in settings and model files. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the input shape of each layer, followed by the output shape of the last layer. The
   * first is the shape in which the first layer takes an example.
   *
   * @throws IllegalArgumentException if a layer cannot follow the one before it, or if the input is
   *     not known
   */
  public List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(exampleShape());
    for (int i = 0; i < layers.size(); i++) {
      int number = i;
      Shape shape = shapes.get(i);
      shapes.add(
          layers
              .get(i)
              .outputShape(shape)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "layer %s cannot follow the shape %s".formatted(number, shape))));
    }
    return shapes;
  }

  /** Returns the shape in which the first layer takes an example. */
  public Shape exampleShape() {
    return layers.get(0).exampleShape(Shape.of(input));
  }

  /** Returns the numbers that the first layer takes from an example. */
  public AcceptedInputs acceptedInputs() {
    return layers.get(0).acceptedInputs();
  }

  /** Returns the first layer if it embeds the columns of a table; else empty. */
  public Optional<ColumnEmbeddings> columnEmbeddings() {
    return layers.get(0) instanceof ColumnEmbeddings columns
        ? Optional.of(columns)
        : Optional.empty();
  }

  /** Returns the layer that encodes the numbers of a table, the first or the second; else empty. */
  public Optional<PiecewiseLinear> piecewiseLinear() {
    return layers.stream()
        .skip(columnEmbeddings().isPresent() ? 1 : 0)
        .findFirst()
        .filter(PiecewiseLinear.class::isInstance)
        .map(PiecewiseLinear.class::cast);
  }

  /** Returns how many layers encode a table: column embeddings and a piecewise-linear encoding. */
  public int encodingLayers() {
    return (columnEmbeddings().isPresent() ? 1 : 0) + (piecewiseLinear().isPresent() ? 1 : 0);
  }

  /** Returns the last layer. */
  public Dense output() {
    return new LastLayer(layers, loss).output();
  }

  /** Returns the learning rate of the step that follows {@code iteration} minibatches. */
  public double learningRate(int iteration) {
    return schedule.rate(optimizer.learningRate(), iteration);
  }

  /**
   * Returns how many numbers an example has.
   *
   * @throws IllegalStateException if the input is not known
   */
  public int inputs() {
    if (!isInputKnown()) {
      throw new IllegalStateException("network.input is not known before the data are open");
    }
    return input.stream().reduce(1, Math::multiplyExact);
  }

  /** Returns the number of classes that the labels of examples may have. */
  public int labelClasses() {
    return TaskType.classes(outputs());
  }

  /** Returns how many numbers the network outputs for an example. */
  public int outputs() {
    return output().units();
  }
}
