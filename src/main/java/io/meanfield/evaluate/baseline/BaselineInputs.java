package io.meanfield.evaluate.baseline;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Features;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.TableEncoder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.Metadata;

/**
 * Turns the inputs of a network into features of MLlib's models: a linear model gets a feature for
 * each code of a category or word of a text, trees get the code, or the number of known words.
 *
 * @param numbers the number of inputs before the categories
 * @param categories in their order
 */
@DefaultSerializer(JavaSerializer.class)
record BaselineInputs(int numbers, List<CategoryInputs> categories) implements Serializable {
  // Trees try as many bins for every feature as the largest category has codes.
  private static final int MOST_BINS = 256;
  private static final int LEAST_BINS = 32; // MLlib's default

  BaselineInputs {
    categories = new ArrayList<>(categories); // a list that every serialiser knows
  }

  static BaselineInputs of(TableEncoder encoder, int width) {
    return new BaselineInputs(width - encoder.categoricalInputs(), encoder.categories());
  }

  /** Returns the number of columns, each of which is a number or a category. */
  int columns() {
    return numbers + categories.size();
  }

  /** Returns the number of features of a linear model. */
  int linearFeatures() {
    return numbers + categories.stream().mapToInt(CategoryInputs::codes).sum();
  }

  /** Returns the features of a linear model for an example. */
  Vector linear(Features features, int row) {
    float[] inputs = inputs(features, row);
    int most = numbers + categories.stream().mapToInt(CategoryInputs::inputs).sum();
    int[] places = new int[most];
    double[] values = new double[most];
    int count = 0;
    for (int i = 0; i < numbers; i++) {
      if (inputs[i] != 0) {
        places[count] = i;
        values[count++] = inputs[i];
      }
    }
    int first = numbers;
    for (CategoryInputs category : categories) {
      for (Map.Entry<Integer, Double> code : codes(category, inputs).entrySet()) {
        places[count] = first + code.getKey();
        values[count++] = code.getValue();
      }
      first += category.codes();
    }
    return Vectors.sparse(first, Arrays.copyOf(places, count), Arrays.copyOf(values, count))
        .compressed();
  }

  /** Returns the codes that an example has, in ascending order, with their weights. */
  private SortedMap<Integer, Double> codes(CategoryInputs category, float[] inputs) {
    SortedMap<Integer, Double> codes = new TreeMap<>();
    if (category.hasWords()) {
      double[] weights = category.wordWeights(inputs, numbers).toArray();
      int[] words = category.wordCodes(inputs, numbers).toArray();
      IntStream.range(0, words.length).forEach(i -> codes.put(words[i], weights[i]));
    } else {
      category.code(inputs, numbers).ifPresent(code -> codes.put(code, 1.0));
    }
    return codes;
  }

  /** Returns the features of trees for an example. */
  Vector trees(Features features, int row) {
    float[] inputs = inputs(features, row);
    double[] values = new double[columns()];
    for (int i = 0; i < numbers; i++) {
      values[i] = inputs[i];
    }
    for (int i = 0; i < categories.size(); i++) {
      CategoryInputs category = categories.get(i);
      values[numbers + i] =
          category.hasWords()
              ? category.wordCodes(inputs, numbers).count()
              : code(category, inputs);
    }
    return Vectors.dense(values);
  }

  /**
   * Returns what trees need to know of their features: which of them are categories. A category of
   * more than {@value #MOST_BINS} codes is a number to them.
   */
  Metadata treeMetadata(String column) {
    Attribute[] attributes = new Attribute[columns()];
    Arrays.fill(attributes, NumericAttribute.defaultAttr());
    for (int i = 0; i < categories.size(); i++) {
      if (isNominal(categories.get(i))) {
        attributes[numbers + i] =
            NominalAttribute.defaultAttr().withNumValues(arity(categories.get(i)));
      }
    }
    return new AttributeGroup(column, attributes).toMetadata();
  }

  /** Returns the number of bins that trees need. */
  int bins() {
    return categories.stream()
        .filter(BaselineInputs::isNominal)
        .mapToInt(BaselineInputs::arity)
        .reduce(LEAST_BINS, Math::max);
  }

  private static boolean isNominal(CategoryInputs category) {
    return !category.hasWords() && arity(category) <= MOST_BINS;
  }

  // One more, for an example that has none of the codes.
  private static int arity(CategoryInputs category) {
    return category.codes() + 1;
  }

  private int code(CategoryInputs category, float[] inputs) {
    return category.code(inputs, numbers).orElse(category.codes());
  }

  private static float[] inputs(Features features, int row) {
    float[] inputs = new float[features.width()];
    features.write(row, inputs, 0);
    return inputs;
  }
}
