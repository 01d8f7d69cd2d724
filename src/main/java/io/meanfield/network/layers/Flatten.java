package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Flattens an image to a row, channel by channel, as DL4J and LibTorch store images. */
public record Flatten() implements Layer {
  static final String KEY = "flatten";

  static Flatten read(Section layer) {
    layer.requireTrue(KEY);
    return new Flatten();
  }

  @Override
  public Map<String, Object> toSettings() {
    return Map.of(KEY, true);
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Sequence
        ? Optional.empty()
        : Optional.of(new Shape.Flat(input.count()));
  }

  @Override
  public String inputRequirement() {
    return Window.IMAGE + " or a row of numbers";
  }

  /** Returns a row: examples of every shape are already stored as rows, in Keras' order. */
  @Override
  public Shape exampleShape(Shape input) {
    return new Shape.Flat(input.count());
  }

  @Override
  public IntUnaryOperator outputOrder(Shape input, IntUnaryOperator inputOrder) {
    return input instanceof Shape.Image image ? channelByChannel(image) : inputOrder;
  }

  private static IntUnaryOperator channelByChannel(Shape.Image image) {
    int pixels = image.height() * image.width();
    return kerasIndex -> kerasIndex % image.channels() * pixels + kerasIndex / image.channels();
  }
}
