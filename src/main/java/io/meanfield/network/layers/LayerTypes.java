package io.meanfield.network.layers;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The kinds of layers: the key of each in settings and model files, its reader and its case of
 * {@link LayerVisitor}. The dispatch is here and not in the records, so that no record depends on
 * all the others.
 */
public final class LayerTypes {
  private static final List<LayerType<?>> ALL =
      List.of(
          new LayerType<>(Dense.KEY, Dense.class, Dense::read, LayerVisitor::dense),
          new LayerType<>(Conv2D.KEY, Conv2D.class, Conv2D::read, LayerVisitor::conv2D),
          new LayerType<>(
              MaxPooling2D.KEY, MaxPooling2D.class, MaxPooling2D::read, LayerVisitor::maxPooling2D),
          new LayerType<>(
              AveragePooling2D.KEY,
              AveragePooling2D.class,
              AveragePooling2D::read,
              LayerVisitor::averagePooling2D),
          new LayerType<>(Flatten.KEY, Flatten.class, Flatten::read, LayerVisitor::flatten),
          new LayerType<>(Dropout.KEY, Dropout.class, Dropout::read, LayerVisitor::dropout),
          new LayerType<>(
              BatchNormalization.KEY,
              BatchNormalization.class,
              BatchNormalization::read,
              LayerVisitor::batchNormalization),
          new LayerType<>(Lstm.KEY, Lstm.class, Lstm::read, LayerVisitor::lstm),
          new LayerType<>(SimpleRnn.KEY, SimpleRnn.class, SimpleRnn::read, LayerVisitor::simpleRnn),
          new LayerType<>(Embedding.KEY, Embedding.class, Embedding::read, LayerVisitor::embedding),
          new LayerType<>(
              ColumnEmbeddings.KEY,
              ColumnEmbeddings.class,
              ColumnEmbeddings::read,
              LayerVisitor::columnEmbeddings),
          new LayerType<>(
              PiecewiseLinear.KEY,
              PiecewiseLinear.class,
              PiecewiseLinear::read,
              LayerVisitor::piecewiseLinear),
          new LayerType<>(Scaling.KEY, Scaling.class, Scaling::read, LayerVisitor::scaling));

  private LayerTypes() {}

  private record LayerType<L extends Layer>(
      String key, Class<L> type, Function<Section, L> reader, VisitorCase<L> visitorCase) {
    <R> R visit(Layer layer, LayerVisitor<R> visitor) {
      return visitorCase.call(visitor, type.cast(layer));
    }
  }

  private interface VisitorCase<L extends Layer> {
    <R> R call(LayerVisitor<R> visitor, L layer);
  }

  /** Returns the keys of all kinds, in the order in which error messages list them. */
  public static List<String> keys() {
    return ALL.stream().map(LayerType::key).toList();
  }

  /**
   * Returns the object that an element of network.hidden-layers means: a number is that of the
   * units of a dense layer with relu.
   */
  public static ConfigValue hidden(ConfigValue element) {
    return element.valueType() == ConfigValueType.NUMBER
        ? ConfigValueFactory.fromMap(
                Map.of(
                    Dense.KEY,
                    element,
                    LayerSettings.ACTIVATION,
                    LayerSettings.name(Activation.RELU)))
            .withOrigin(element.origin())
        : element;
  }

  /** Reads one element of network.layers, an object with exactly one of {@link #keys}. */
  public static Layer read(Section layer) {
    return layer
        .oneOf(keys().toArray(String[]::new))
        .<Layer>map(key -> of(key).reader().apply(layer))
        .orElseGet(Flatten::new); // the problem is recorded; reading continues with any layer
  }

  private static LayerType<?> of(String key) {
    return ALL.stream().filter(type -> type.key().equals(key)).findFirst().orElseThrow();
  }

  /**
   * Calls the visitor's case for the layer.
   *
   * @throws IllegalArgumentException if the kind of layer is not listed here
   */
  public static <R> R visit(Layer layer, LayerVisitor<R> visitor) {
    return ALL.stream()
        .filter(type -> type.type().isInstance(layer))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(layer.getClass() + " is not listed in LayerTypes"))
        .visit(layer, visitor);
  }
}
