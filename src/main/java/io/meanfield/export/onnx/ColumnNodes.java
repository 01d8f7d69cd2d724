package io.meanfield.export.onnx;

import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.InputNames;
import io.meanfield.data.encoding.TableEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import onnx.OnnxMl.TensorProto.DataType;

/**
 * Adds the preprocessing of a table to a graph. Each column is an input [examples, 1] with the
 * column's name: a plain number is a 32-bit float, a category a string, and every other column a
 * 64-bit float that is NaN if the value is missing: a number, 1 or 0 for a truth value, seconds
 * since 1970 for a time. ONNX cannot split texts as {@link io.meanfield.data.encoding.Words} does,
 * so a column of texts is an input [examples, words] of the codes of its words as 32-bit floats.
 */
record ColumnNodes(Graph graph) {
  private static final List<Integer> ONE = List.of(1);

  /** Returns the name of the network's inputs, [examples, inputs]. */
  String add(TableEncoder encoder) {
    List<String> inputs = new ArrayList<>();
    encoder.columns().forEach(column -> inputs.addAll(numbers(column)));
    encoder.categories().forEach(column -> inputs.add(category(encoder, column)));
    return graph.node("Concat", inputs, Attributes.integer("axis", 1));
  }

  private List<String> numbers(FeatureColumn column) {
    if (column.isPlain()) {
      return List.of(graph.input(column.column(), DataType.FLOAT, ONE));
    }
    Doubles doubles = new Doubles(graph);
    String x = graph.input(column.column(), DataType.DOUBLE, ONE);
    String number = column.type().isTime() ? days(doubles, x) : x;
    String present = filled(doubles, x, number, column.fill());
    String value = column.log() ? doubles.symmetricLog(present) : present;
    List<String> inputs = new ArrayList<>(List.of(scaled(doubles, value, column.scaling())));
    if (column.type().isTime()) {
      inputs.addAll(new DateNodes(graph, doubles, x).parts(column));
    }
    if (column.indicator()) {
      inputs.add(Casts.toFloat(graph, doubles.missing(x)));
    }
    return inputs;
  }

  private static String days(Doubles doubles, String seconds) {
    return doubles.minus(
        doubles.over(seconds, DateNodes.SECONDS_PER_DAY), (double) FeatureColumn.ORIGIN);
  }

  /** Replaces a value where the column {@code x} has none. */
  private static String filled(Doubles doubles, String x, String value, List<Double> fill) {
    return fill.isEmpty() ? value : doubles.where(doubles.missing(x), fill.get(0), value);
  }

  private String scaled(Doubles doubles, String value, ColumnScaling scaling) {
    return Casts.toFloat(
        graph, doubles.over(doubles.minus(value, scaling.center()), scaling.divisor()));
  }

  private String category(TableEncoder encoder, CategoryInputs column) {
    if (column.hasWords()) {
      return graph.input(column.name(), DataType.FLOAT, List.of(column.inputs()));
    }
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
    return Casts.toFloat(graph, dates.code(column));
  }

  private String code(CategoryInputs column) {
    List<String> values = column.values();
    String text = graph.input(column.name(), DataType.STRING, ONE);
    return graph.mlNode(
        "LabelEncoder",
        List.of(text),
        Attributes.bytes(
            "keys_strings",
            Stream.concat(
                    values.stream().map(Constants::utf8),
                    damaged(values).mapToObj(i -> Constants.utf8OfJava(values.get(i))))
                .toList()),
        Attributes.integers(
            "values_int64s",
            LongStream.concat(LongStream.range(0, values.size()), damaged(values).asLongStream())
                .boxed()
                .toList()),
        Attributes.integer("default_int64", column.acceptsUnknown() ? values.size() : -1));
  }

  // Such a text has a second key: the bytes that arrive if Java passes it.
  private static IntStream damaged(List<String> values) {
    return IntStream.range(0, values.size()).filter(i -> InputNames.isDamaged(values.get(i)));
  }

  /** Returns the name of [examples, count]: 1 at the index {@code code}, none if it is negative. */
  static String oneHot(Graph graph, String code, int count) {
    String codes = graph.constant(Constants.longs(LongStream.range(0, count).toArray(), 1, count));
    return Casts.toFloat(graph, graph.node("Equal", List.of(code, codes)));
  }
}
