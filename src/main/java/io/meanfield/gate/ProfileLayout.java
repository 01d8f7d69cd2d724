package io.meanfield.gate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a profile counts of each example: numbers, categories, and the class or the targets.
 *
 * @param shape the shape of an example
 * @param numbers the names of the numeric features and, after them, of the targets
 * @param features how many of {@code numbers} are features
 * @param categories the categorical columns, whose inputs follow the numeric features; texts are
 *     not counted
 * @param classes the names of the classes; empty if the examples have no labels
 */
@DefaultSerializer(JavaSerializer.class)
record ProfileLayout(
    List<Integer> shape,
    boolean images,
    List<String> numbers,
    int features,
    List<CategoryInputs> categories,
    List<String> classes)
    implements Serializable {
  static final String BRIGHTNESS = "brightness";

  /**
   * Returns the layout of a data set.
   *
   * @param classes the number of classes of the network
   */
  static ProfileLayout of(Dataset data, int classes) {
    List<CategoryInputs> categories =
        data.encoder().map(TableEncoder::categories).orElse(List.of()).stream()
            .filter(category -> !category.hasWords())
            .toList();
    List<String> numbers = new ArrayList<>(features(data));
    int features = numbers.size();
    int targets = data.isLabelled() ? data.targetKind().width() : 0;
    IntStream.range(0, targets).forEach(i -> numbers.add("target " + i));
    return new ProfileLayout(
        data.shape(),
        data.hasImages(),
        numbers,
        features,
        categories,
        data.isLabelled() && data.targetKind().isClass() ? classes(data, classes) : List.of());
  }

  // A vocabulary may have fewer names than the network has classes; no label is another class.
  private static List<String> classes(Dataset data, int classes) {
    return data.encoder()
        .flatMap(TableEncoder::labels)
        .map(Vocabulary::values)
        .orElseGet(() -> IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  private static List<String> features(Dataset data) {
    if (data.hasImages()) {
      return List.of(BRIGHTNESS);
    }
    Optional<TableEncoder> encoder = data.encoder();
    return encoder
        .map(known -> known.inputNames(data.width()))
        .orElseGet(() -> IntStream.range(0, data.width()).mapToObj(Integer::toString).toList())
        .subList(0, data.width() - encoder.map(TableEncoder::categoricalInputs).orElse(0));
  }

  /** The number of values of one example. */
  int width() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Returns the name of a code of a categorical column. */
  static String codeName(CategoryInputs category, int code) {
    return code < category.values().size() ? category.values().get(code) : "(unknown)";
  }
}
