package io.meanfield.evaluate.slice;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.ForwardPass;
import io.meanfield.batch.GpuTasks;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.report.ReadableNumber;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.StatCounter;

/**
 * Counts the rows on which a prediction moves against the direction that a column should have: the
 * number of the column rises by a step, a tenth of its standard deviation, and everything else
 * stays. Rows without the number do not count. Driver only.
 */
public final class Monotone {
  private static final double STEP = 0.1;
  // Of the larger of two outputs; below, they differ by rounding.
  private static final double ROUNDING = 1e-6;

  /** What is expected of a column. */
  public record Rule(String column, boolean rises) {
    /**
     * Reads a rule such as {@code income:+}.
     *
     * @throws UserException if it is none
     */
    public static Rule parse(String text) {
      int colon = text.lastIndexOf(':');
      String direction = text.substring(colon + 1);
      if (colon < 1 || !List.of("+", "-").contains(direction)) {
        throw UserException.of(
            ErrorCode.WRONG_ARGUMENTS,
            "--monotone expects COLUMN:+ if predictions should not fall while the column rises, or"
                + " COLUMN:- if they should not rise, found %s",
            text);
      }
      return new Rule(text.substring(0, colon), direction.equals("+"));
    }
  }

  /**
   * How far a model keeps to a rule.
   *
   * @param step by which the column rises
   * @param rows that have a number
   * @param broken those of them whose prediction moves in the other direction
   * @param largest such movement
   */
  public record Result(Rule rule, double step, long rows, long broken, double largest) {
    /** Returns the result in a line. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "monotone %s:%s is broken on %,d of %,d rows (%.2f %%) when %s rises by %s%s",
          rule.column(),
          rule.rises() ? "+" : "-",
          broken,
          rows,
          rows == 0 ? 0 : 100.0 * broken / rows,
          rule.column(),
          ReadableNumber.text(step),
          broken == 0
              ? ""
              : String.format(
                  "; the largest %s is %s",
                  rule.rises() ? "fall" : "rise", ReadableNumber.text(largest)));
    }
  }

  private static final RowTable<Result> TABLE =
      RowTable.<Result>named("monotone")
          .column("column", DataTypes.StringType, row -> row.rule().column())
          .column("direction", DataTypes.StringType, row -> row.rule().rises() ? "+" : "-")
          .column("step", DataTypes.DoubleType, Result::step)
          .column("examples", DataTypes.LongType, Result::rows)
          .column("broken", DataTypes.LongType, Result::broken)
          .column("largest", DataTypes.DoubleType, Result::largest);

  private final Model model;
  private final JavaRDD<Examples> examples;
  private final TableEncoder encoder;

  /**
   * Prepares the counts.
   *
   * @throws UserException if the outputs are not one number, nor the probabilities of two classes
   */
  public Monotone(
      Model model, JavaRDD<Examples> examples, TableEncoder encoder, OutputSpec outputs) {
    if (!outputs.hasTwoClasses() && (outputs.classes() > 0 || outputs.width() > 1)) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--monotone needs a model that predicts one number or one of two classes, found %s"
              + " outputs; leave --monotone out",
          outputs.width());
    }
    this.model = model;
    this.examples = examples;
    this.encoder = encoder;
  }

  /** Deletes the table of an earlier evaluation. */
  public static void delete(RunDirectory run) {
    run.deleteTables(List.of(TABLE.name()));
  }

  /** Writes the table {@code monotone}. */
  public static void write(RunDirectory run, List<Result> results) {
    TABLE.write(run, results);
  }

  /** A column of numbers of the examples; travels to executors. */
  @DefaultSerializer(JavaSerializer.class)
  private record Place(FeatureColumn column, int first) implements Serializable {
    double value(float[] inputs, int row, int width) {
      float[] own = new float[column.inputs()];
      System.arraycopy(inputs, row * width + first, own, 0, own.length);
      return column.value(own, 0);
    }

    private float[] inputs(Examples block) {
      return ((Features.Floats) block.features()).values();
    }

    StatCounter numbers(Examples block) {
      StatCounter numbers = new StatCounter();
      IntStream.range(0, block.count())
          .mapToDouble(row -> value(inputs(block), row, block.width()))
          .filter(Double::isFinite)
          .forEach(numbers::merge);
      return numbers;
    }

    /** Returns the rows that have a number. */
    Examples present(Examples block) {
      return block.select(
          IntStream.range(0, block.count())
              .filter(row -> Double.isFinite(value(inputs(block), row, block.width()))));
    }

    /** Returns the same rows with larger numbers. */
    Examples raised(Examples block, double step) {
      float[] inputs = inputs(block).clone();
      for (int row = 0; row < block.count(); row++) {
        double number = value(inputs, row, block.width());
        column.write(number + step, inputs, row * block.width() + first);
      }
      return new Examples(
          block.ids(),
          block.externalIds(),
          new Features.Floats(inputs, block.width()),
          block.targets(),
          block.weights());
    }
  }

  /**
   * Counts the rows of a rule.
   *
   * @throws UserException if its column is none of the numbers of the model
   */
  public Result of(Rule rule) {
    Place place = place(rule.column());
    StatCounter numbers = new StatCounter();
    examples.map(place::numbers).collect().forEach(numbers::merge);
    double step = new BigDecimal(STEP * numbers.stdev()).round(new MathContext(2)).doubleValue();
    EngineNetwork network = model.network();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(examples.context());
    Broadcast<LearnerState> weights = spark.broadcast(model.state().withoutOptimizerState());
    boolean rises = rule.rises();
    try {
      List<double[]> counts =
          GpuTasks.withGpus(
                  examples
                      .map(place::present)
                      .filter(block -> block.count() > 0)
                      .map(
                          block ->
                              counts(
                                  ForwardPass.outputs(network, weights.value(), block),
                                  ForwardPass.outputs(
                                      network, weights.value(), place.raised(block, step)),
                                  network.outputs(),
                                  rises)))
              .collect();
      return new Result(
          rule,
          step,
          (long) counts.stream().mapToDouble(each -> each[0]).sum(),
          (long) counts.stream().mapToDouble(each -> each[1]).sum(),
          counts.stream().mapToDouble(each -> each[2]).max().orElse(0));
    } finally {
      weights.destroy();
    }
  }

  // The last output is the number, or the probability of class 1.
  private static double[] counts(float[] before, float[] after, int width, boolean rises) {
    double[] counts = new double[3];
    for (int i = width - 1; i < before.length; i += width) {
      double against = rises ? (double) before[i] - after[i] : (double) after[i] - before[i];
      counts[0]++;
      if (against > ROUNDING * Math.max(Math.abs(before[i]), Math.abs(after[i]))) {
        counts[1]++;
        counts[2] = Math.max(counts[2], against);
      }
    }
    return counts;
  }

  private Place place(String name) {
    int first = 0;
    for (FeatureColumn column : encoder.columns()) {
      if (column.column().equals(name) && isNumber(column)) {
        return new Place(column, first);
      }
      first += column.inputs();
    }
    throw UserException.of(
        ErrorCode.WRONG_ARGUMENTS,
        "--monotone names %s, which is no number that the model reads; expected one of %s",
        name,
        encoder.columns().stream()
            .filter(Monotone::isNumber)
            .map(FeatureColumn::column)
            .collect(Collectors.joining(", ")));
  }

  private static boolean isNumber(FeatureColumn column) {
    return column.type() == ValueType.NUMBER || column.type() == ValueType.FLOAT;
  }
}
