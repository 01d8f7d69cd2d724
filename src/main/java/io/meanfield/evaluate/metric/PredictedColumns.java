package io.meanfield.evaluate.metric;

import io.meanfield.network.Intervals;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns with which {@code predict} writes the outputs of a network, and their values. Knows
 * no Spark.
 *
 * @param width the number of outputs
 * @param areProbabilities whether the outputs are probabilities of classes
 * @param intervals around predictions
 * @param labels the names of the classes; empty if they have none
 * @param targets the names of the targets; empty if examples have classes
 */
public record PredictedColumns(
    TaskType task,
    int width,
    boolean areProbabilities,
    Threshold threshold,
    Intervals intervals,
    List<String> labels,
    List<String> targets) {
  /** The column with the predicted class. */
  public static final String PREDICTED = "predicted";

  /** What the names of the columns with the least number of an interval begin with. */
  public static final String LOWER = "lower";

  /** What the names of the columns with the largest number of an interval begin with. */
  public static final String UPPER = "upper";

  /** What the names of the columns with a set of classes begin with. */
  public static final String SET = "prediction_set";

  private static final String OUTPUTS = "outputs";
  private static final int POSITIVE = 1;

  public PredictedColumns {
    labels = List.copyOf(labels);
    targets = List.copyOf(targets);
  }

  /** The type of the values of a column. */
  public enum Kind {
    /** An {@link Integer}. */
    INTEGER,
    /** A {@link String}. */
    TEXT,
    /** A {@link Double}. */
    NUMBER,
    /** An array of floats. */
    NUMBERS,
    /** An array of {@link String}. */
    TEXTS
  }

  /** Returns the value of a column for the example whose outputs begin at {@code offset}. */
  @FunctionalInterface
  public interface Value extends Serializable {
    Object of(float[] outputs, int offset);
  }

  /** A column. */
  public record Column(String name, Kind kind, Value value) {}

  /** Returns the columns. */
  public List<Column> columns() {
    return switch (task) {
      case BINARY, MULTI_CLASS -> classes();
      case MULTI_LABEL -> isNamed() ? labelled() : List.of(outputs());
      case REGRESSION -> isNamed() ? numbers() : unnamedNumbers();
    };
  }

  /**
   * Returns the columns of intervals or sets alone, without the names of targets: numbers if there
   * is one output, else arrays.
   */
  public List<Column> intervalColumns() {
    return switch (task) {
      case BINARY, MULTI_CLASS -> sets();
      case MULTI_LABEL -> List.of();
      case REGRESSION -> width == 1 ? bounds(0) : arraysOfBounds();
    };
  }

  /** Returns whether each output has the name of a target; a column may contain several targets. */
  private boolean isNamed() {
    return targets.size() == width;
  }

  private Column outputs() {
    int count = width;
    return new Column(
        OUTPUTS,
        Kind.NUMBERS,
        (outputs, offset) -> Arrays.copyOfRange(outputs, offset, offset + count));
  }

  private List<Column> classes() {
    int count = width; // the lambdas travel without this object
    Threshold from = threshold;
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column(
            PREDICTED,
            Kind.INTEGER,
            (outputs, offset) -> from.predictedClass(outputs, offset, count)));
    if (!labels.isEmpty()) {
      List<String> names = labels;
      columns.add(
          new Column(
              "predicted_label",
              Kind.TEXT,
              (outputs, offset) -> name(names, from.predictedClass(outputs, offset, count))));
    }
    if (areProbabilities) {
      columns.addAll(probabilities());
    }
    if (!areProbabilities || width > 1) {
      columns.add(outputs());
    }
    columns.addAll(sets());
    return columns;
  }

  private List<Column> sets() {
    return intervals.levels().stream().map(this::set).toList();
  }

  /** Returns the column with the names of the classes that belong to the set of a row. */
  private Column set(Intervals.Level level) {
    int count = width;
    Threshold from = threshold;
    List<String> names = labels;
    float least = level.leastScore();
    return new Column(
        SET + "_" + level.suffix(),
        Kind.TEXTS,
        (outputs, offset) ->
            PredictionSets.of(outputs, offset, count, from, least)
                .mapToObj(cls -> name(names, cls))
                .toArray(String[]::new));
  }

  private List<Column> probabilities() {
    int count = width;
    Threshold from = threshold;
    Column probability =
        new Column(
            "probability",
            Kind.NUMBER,
            (outputs, offset) ->
                score(outputs, offset, count, from.predictedClass(outputs, offset, count)));
    Column positive =
        new Column(
            "probability_positive",
            Kind.NUMBER,
            (outputs, offset) -> score(outputs, offset, count, POSITIVE));
    return TaskType.classes(width) == 2 ? List.of(probability, positive) : List.of(probability);
  }

  /** Returns the name of a class, or its number if no training example had it. */
  private static String name(List<String> names, int cls) {
    return cls < names.size() ? names.get(cls) : Integer.toString(cls);
  }

  /** Returns the output for a class; a single output belongs to class 1. */
  static double score(float[] outputs, int offset, int width, int cls) {
    return width == 1 && cls == 0 ? 1 - outputs[offset] : outputs[offset + cls % width];
  }

  private List<Column> labelled() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      int label = i;
      columns.add(
          new Column(
              PREDICTED + "_" + targets.get(i),
              Kind.INTEGER,
              (outputs, offset) -> TaskType.isPositive(outputs[offset + label]) ? 1 : 0));
      columns.add(number("probability_" + targets.get(i), i));
    }
    return columns;
  }

  private List<Column> numbers() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      columns.add(number(PREDICTED + "_" + targets.get(i), i));
      for (Column bound : bounds(i)) {
        columns.add(new Column(bound.name() + "_" + targets.get(i), bound.kind(), bound.value()));
      }
    }
    return columns;
  }

  private List<Column> bounds(int output) {
    List<Column> columns = new ArrayList<>();
    for (Intervals.Level level : intervals.levels()) {
      columns.add(bound(LOWER, level, output, -1));
      columns.add(bound(UPPER, level, output, 1));
    }
    return columns;
  }

  private Column bound(String name, Intervals.Level level, int output, int side) {
    Intervals around = intervals;
    return new Column(
        name + "_" + level.suffix(),
        Kind.NUMBER,
        (outputs, offset) ->
            outputs[offset + output]
                + side * around.radius(level, output, outputs[offset + output]));
  }

  private List<Column> unnamedNumbers() {
    List<Column> columns = new ArrayList<>(List.of(outputs()));
    columns.addAll(arraysOfBounds());
    return columns;
  }

  private List<Column> arraysOfBounds() {
    List<Column> columns = new ArrayList<>();
    for (Intervals.Level level : intervals.levels()) {
      columns.add(bounds(LOWER, level, -1));
      columns.add(bounds(UPPER, level, 1));
    }
    return columns;
  }

  private Column bounds(String name, Intervals.Level level, int side) {
    int count = width;
    Intervals around = intervals;
    return new Column(
        name + "_" + level.suffix(),
        Kind.NUMBERS,
        (outputs, offset) -> {
          float[] bounds = new float[count];
          for (int i = 0; i < count; i++) {
            float prediction = outputs[offset + i];
            bounds[i] = (float) (prediction + side * around.radius(level, i, prediction));
          }
          return bounds;
        });
  }

  private static Column number(String name, int output) {
    return new Column(name, Kind.NUMBER, (outputs, offset) -> (double) outputs[offset + output]);
  }
}
