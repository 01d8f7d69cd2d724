package io.meanfield.network;

import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.Optional;

/** A layer of a network, by Keras' names and with Keras' meaning. */
public sealed interface Layer extends Serializable {
  /**
   * A fully connected layer with a bias: {@code activation(x W + b)}, W of [inputs, units].
   *
   * @param l2 the penalty {@code l2 * sum(W^2)} on the loss, Keras' kernel_regularizer; 0 for none
   */
  record Dense(int units, Activation activation, double l2) implements Layer {
    public Dense(int units, Activation activation) {
      this(units, activation, 0);
    }

    @Override
    public Optional<Shape> outputShape(Shape input) {
      return input instanceof Shape.Flat ? Optional.of(new Shape.Flat(units)) : Optional.empty();
    }

    @Override
    public String inputRequirement() {
      return ROW;
    }
  }

  /**
   * To the network a dense layer, {@code activation(x W + b)}. Before that it can be trained
   * without labels: to say, through the same weights, {@code activation(h W^T + c)}, what it was
   * told before some of it was wiped out (a denoising autoencoder, Vincent et al. 2008, section
   * 2.3).
   *
   * @param corruption share of the inputs that are wiped out, set to 0, while it is trained so
   */
  record Autoencoder(int units, Activation activation, double corruption) implements Layer {
    @Override
    public Optional<Shape> outputShape(Shape input) {
      return input instanceof Shape.Flat ? Optional.of(new Shape.Flat(units)) : Optional.empty();
    }

    @Override
    public String inputRequirement() {
      return ROW;
    }

    /**
     * Between what it should say and what it says: of sigmoids, whose inputs are 0 to 1, the
     * cross-entropy (section 2.2 there).
     */
    public Loss loss() {
      return activation == Activation.SIGMOID ? Loss.BINARY_CROSSENTROPY : Loss.MSE;
    }
  }

  /** A convolution with a bias. */
  record Conv2D(
      int filters, Size kernel, Size strides, Padding padding, Activation activation, double l2)
      implements Layer {
    @Override
    public Optional<Shape> outputShape(Shape input) {
      return input instanceof Shape.Image image
          ? Size.afterWindow(image, kernel, strides, padding, filters)
          : Optional.empty();
    }

    @Override
    public String inputRequirement() {
      return "an image [height, width, channels] at least as large as its kernel";
    }
  }

  /** The largest value of each window, without padding. */
  record MaxPooling2D(Size pool, Size strides) implements Layer {
    @Override
    public Optional<Shape> outputShape(Shape input) {
      return Size.afterPooling(input, pool, strides);
    }

    @Override
    public String inputRequirement() {
      return Size.POOLING_NEEDS;
    }
  }

  /** The mean of each window, without padding. */
  record AveragePooling2D(Size pool, Size strides) implements Layer {
    @Override
    public Optional<Shape> outputShape(Shape input) {
      return Size.afterPooling(input, pool, strides);
    }

    @Override
    public String inputRequirement() {
      return Size.POOLING_NEEDS;
    }
  }

  /** Makes a row of an image: channel by channel, as DL4J and LibTorch keep images. */
  record Flatten() implements Layer {
    @Override
    public Optional<Shape> outputShape(Shape input) {
      return input instanceof Shape.Sequence
          ? Optional.empty()
          : Optional.of(new Shape.Flat(input.count()));
    }

    @Override
    public String inputRequirement() {
      return "an image [height, width, channels]";
    }
  }

  /**
   * While training, each number becomes 0 with probability {@code rate}, else it is divided by
   * {@code 1 - rate} (Srivastava et al. 2014, section 10, inverted).
   */
  record Dropout(double rate) implements Layer {
    @Override
    public Optional<Shape> outputShape(Shape input) {
      return Optional.of(input);
    }

    @Override
    public String inputRequirement() {
      return "anything";
    }
  }

  /**
   * Ioffe and Szegedy 2015, algorithms 1 and 2: by feature of a row, by channel of an image.
   *
   * @param momentum of the running means and variances: {@code running = momentum * running + (1 -
   *     momentum) * batch}, with the variance of the batch divided by its size
   */
  record BatchNormalization(double momentum, double epsilon) implements Layer {
    /** How many means and variances it has. */
    static int channels(Shape input) {
      return input instanceof Shape.Image image ? image.channels() : input.count();
    }

    @Override
    public Optional<Shape> outputShape(Shape input) {
      return input instanceof Shape.Sequence ? Optional.empty() : Optional.of(input);
    }

    @Override
    public String inputRequirement() {
      return "a row of numbers or an image";
    }
  }

  /**
   * Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; tanh, and sigmoid for
   * the gates.
   *
   * @param returnSequences whether the state after every step goes on, or the last one's alone
   * @param l2 as for {@link Dense}, on both kernels
   */
  record Lstm(int units, boolean returnSequences, double l2) implements Layer {
    static final int GATES = 4;

    @Override
    public Optional<Shape> outputShape(Shape input) {
      return afterRecurrence(input, units, returnSequences);
    }

    @Override
    public String inputRequirement() {
      return SEQUENCE;
    }
  }

  /** {@code h = activation(x W + h R + b)}: Elman 1990. */
  record SimpleRnn(int units, Activation activation, boolean returnSequences, double l2)
      implements Layer {
    @Override
    public Optional<Shape> outputShape(Shape input) {
      return afterRecurrence(input, units, returnSequences);
    }

    @Override
    public String inputRequirement() {
      return SEQUENCE;
    }
  }

  /** What a layer takes that is connected with all numbers of an example. */
  String ROW =
      "a row of numbers: put { flatten = true } or a recurrent layer without return-sequences in"
          + " front";

  /** What a recurrent layer takes. */
  String SEQUENCE = "a sequence [steps, features]";

  /** What a convolution does at the edges. */
  enum Padding {
    /** Only whole windows. */
    VALID,
    /** Zeros around the image, so that strides of 1 keep its size. */
    SAME
  }

  /** Height and width of a window or a stride. */
  record Size(int height, int width) implements Serializable {
    private static final String POOLING_NEEDS =
        "an image [height, width, channels] at least as large as its window";

    static Optional<Shape> afterPooling(Shape input, Size pool, Size strides) {
      return input instanceof Shape.Image image
          ? afterWindow(image, pool, strides, Padding.VALID, image.channels())
          : Optional.empty();
    }

    static Optional<Shape> afterWindow(
        Shape.Image image, Size window, Size strides, Padding padding, int channels) {
      int height = steps(image.height(), window.height(), strides.height(), padding);
      int width = steps(image.width(), window.width(), strides.width(), padding);
      return height < 1 || width < 1
          ? Optional.empty()
          : Optional.of(new Shape.Image(height, width, channels));
    }

    private static int steps(int size, int window, int stride, Padding padding) {
      return padding == Padding.SAME
          ? -Math.floorDiv(-size, stride)
          : size < window ? 0 : (size - window) / stride + 1;
    }
  }

  /** What is applied to its sums. */
  default Activation activation() {
    return Activation.LINEAR;
  }

  /** The penalty {@code l2 * sum(W^2)} on its kernels; 0 for none. */
  default double l2() {
    return 0;
  }

  /** The shape behind the layer, or nothing if it cannot follow {@code input}. */
  Optional<Shape> outputShape(Shape input);

  /** What it takes; completes the sentence "the layer needs …". */
  String inputRequirement();

  private static Optional<Shape> afterRecurrence(Shape input, int units, boolean returnSequences) {
    if (!(input instanceof Shape.Sequence sequence)) {
      return Optional.empty();
    }
    return Optional.of(
        returnSequences ? new Shape.Sequence(sequence.steps(), units) : new Shape.Flat(units));
  }

  /** As it stands in settings, without what is not set. */
  default String display() {
    return LayerConfig.display(this);
  }

  /** Reads one element of network.layers. */
  static Layer read(Section layer) {
    return LayerConfig.read(layer);
  }
}
