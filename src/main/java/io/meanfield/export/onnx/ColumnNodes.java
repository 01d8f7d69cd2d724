package io.meanfield.export.onnx;

import io.meanfield.data.CategoryInputs;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import onnx.OnnxMl.TensorProto.DataType;

/**
 * Adds the preprocessing of a table to a graph. Each column is an input [examples, 1] with the
 * column's name: a plain number is a 32-bit float, a category a string, and every other column a
 * 64-bit float that is NaN if the value is missing: a number, 1 or 0 for a truth value, seconds
 * since 1970 for a time.
 */
record ColumnNodes(Graph graph) implements FeatureColumn.Visitor<List<String>> {
  private static final List<Integer> ONE = List.of(1);

  /** Returns the name of the network's inputs, [examples, inputs]. */
  String add(TableEncoder encoder) {
    List<String> inputs = new ArrayList<>();
    encoder.columns().forEach(column -> inputs.addAll(column.accept(this)));
    encoder.categories().forEach(column -> inputs.add(category(encoder, column)));
    return graph.node("Concat", inputs, Attributes.integer("axis", 1));
  }

  @Override
  public List<String> plain(FeatureColumn.Plain plain) {
    return List.of(graph.input(plain.column(), DataType.FLOAT, ONE));
  }

  @Override
  public List<String> numeric(FeatureColumn.Numeric numeric) {
    Doubles doubles = new Doubles(graph);
    String x = graph.input(numeric.column(), DataType.DOUBLE, ONE);
    String present = filled(doubles, x, x, numeric.fill());
    String value = numeric.log() ? doubles.symmetricLog(present) : present;
    List<String> inputs = new ArrayList<>(List.of(scaled(doubles, value, numeric.scaling())));
    if (numeric.indicator()) {
      inputs.add(Casts.toFloat(graph, doubles.missing(x)));
    }
    return inputs;
  }

  @Override
  public List<String> time(FeatureColumn.Time time) {
    Doubles doubles = new Doubles(graph);
    String seconds = graph.input(time.column(), DataType.DOUBLE, ONE);
    String days =
        doubles.minus(doubles.over(seconds, DateNodes.SECONDS_PER_DAY), (double) time.origin());
    List<String> inputs = new ArrayList<>();
    inputs.add(scaled(doubles, filled(doubles, seconds, days, time.fill()), time.scaling()));
    inputs.addAll(new DateNodes(graph, doubles, seconds).parts(time));
    if (time.indicator()) {
      inputs.add(Casts.toFloat(graph, doubles.missing(seconds)));
    }
    return inputs;
  }

  /** Replaces a value where the column {@code x} has none. */
  private static String filled(Doubles doubles, String x, String value, List<Double> fill) {
    return fill.isEmpty() ? value : doubles.where(doubles.missing(x), fill.get(0), value);
  }

  private String scaled(Doubles doubles, String value, Scaling scaling) {
    return Casts.toFloat(
        graph, doubles.over(doubles.minus(value, scaling.center()), scaling.divisor()));
  }

  private String category(TableEncoder encoder, CategoryInputs column) {
    Optional<EmbeddedColumn> part =
        encoder.embedded().stream()
            .filter(found -> found.isPart() && found.name().equals(column.name()))
            .findFirst();
    if (part.isPresent()) {
      return partCode(part.get());
    }
    String code = code(column);
    return column.embedded() ? Casts.toFloat(graph, code) : oneHot(graph, code, column.codes());
  }

  /** Returns the name of the code of a part of a time, whose column is an input of the graph. */
  private String partCode(EmbeddedColumn column) {
    DateNodes dates = new DateNodes(graph, new Doubles(graph), column.column());
    return Casts.toFloat(graph, dates.code(column.part().get(0)));
  }

  private String code(CategoryInputs column) {
    int count = column.values().size();
    String text = graph.input(column.name(), DataType.STRING, ONE);
    return graph.mlNode(
        "LabelEncoder",
        List.of(text),
        Attributes.strings("keys_strings", column.values()),
        Attributes.integers("values_int64s", LongStream.range(0, count).boxed().toList()),
        Attributes.integer("default_int64", column.acceptsUnknown() ? count : -1));
  }

  /** Returns the name of [examples, count]: 1 at the index {@code code}, none if it is negative. */
  static String oneHot(Graph graph, String code, int count) {
    String codes = graph.constant(Constants.longs(LongStream.range(0, count).toArray(), 1, count));
    return Casts.toFloat(graph, graph.node("Equal", List.of(code, codes)));
  }
}
