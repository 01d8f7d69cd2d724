package io.meanfield.export.input;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.network.layers.AcceptedInputs;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Draws examples for a model without a test set: random pixels, standard normal numbers or category
 * indices, and for tables values around the center of each column's scaling, of which some are
 * missing where the column accepts that. The same seed draws the same examples.
 */
public final class RandomExamples implements ModelInput.Visitor<Examples> {
  private static final double MISSING = 0.1;

  private final int count;
  private final AcceptedInputs accepted;
  private final Random random;

  /**
   * Creates a source of {@code count} examples.
   *
   * @param accepted the numbers that the network accepts
   */
  public RandomExamples(int count, AcceptedInputs accepted, long seed) {
    this.count = count;
    this.accepted = accepted;
    this.random = new Random(seed);
  }

  @Override
  public Examples pixels(ModelInput.Pixels pixels) {
    int width = count(pixels.shape());
    byte[] values = new byte[count * width];
    random.nextBytes(values);
    return examples(new Features.Pixels(values, width));
  }

  @Override
  public Examples numbers(ModelInput.Numbers numbers) {
    int width = count(numbers.shape());
    float[] values = new float[count * width];
    for (int i = 0; i < values.length; i++) {
      int categories = accepted.categories(i % width, width);
      values[i] = categories == 0 ? (float) random.nextGaussian() : random.nextInt(categories);
    }
    return examples(new Features.Floats(values, width));
  }

  /** Returns rows for a {@link RawTable}. */
  @Override
  public Examples columns(ModelInput.Columns columns) {
    TableEncoder encoder = columns.encoder();
    List<CategoryInputs> categories = encoder.unscaled().categories();
    int width = encoder.unscaled().inputs();
    float[] values = new float[count * width];
    for (int row = 0; row < count; row++) {
      int next = row * width;
      for (FeatureColumn column : encoder.columns()) {
        values[next++] = value(column);
      }
      for (CategoryInputs column : categories) {
        if (column.hasWords()) {
          addWords(column, values, next + column.first());
          continue;
        }
        int code = random.nextInt(column.codes());
        values[next + column.first() + (column.embedded() ? 0 : code)] =
            column.embedded() ? code : 1;
      }
    }
    return examples(new Features.Floats(values, width));
  }

  // Some places stay empty, as in most texts.
  private void addWords(CategoryInputs column, float[] values, int first) {
    int count = random.nextInt(column.words() + 1);
    for (int i = 0; i < count && !column.values().isEmpty(); i++) {
      values[first + i] = 1 + random.nextInt(column.values().size());
      if (column.isWeighted()) {
        values[first + column.words() + i] = (float) random.nextGaussian();
      }
    }
  }

  private float value(FeatureColumn column) {
    boolean missing = random.nextDouble() < MISSING && column.acceptsMissing();
    double normal = random.nextGaussian();
    return missing ? Float.NaN : value(column, normal);
  }

  /** Returns a value of a column that is {@code normal} after the scaling, if it has one. */
  private static float value(FeatureColumn column, double normal) {
    double number = column.scaling().center() + normal * column.scaling().divisor();
    return switch (column.type()) {
      case BOOLEAN -> normal > 0 ? 1f : 0f;
      case DATE -> (float) Math.rint(number);
      default ->
          (float) (column.log() ? Math.signum(number) * Math.expm1(Math.abs(number)) : number);
    };
  }

  private static int count(Iterable<Integer> shape) {
    int product = 1;
    for (int size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  private Examples examples(Features features) {
    return new Examples(LongStream.range(0, count).toArray(), features, new Targets.Unknown());
  }
}
