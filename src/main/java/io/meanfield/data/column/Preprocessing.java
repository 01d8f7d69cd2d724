package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The numeric columns of a table whose inputs differ from their values, as fitted to training
 * examples. A column in neither list is plain.
 */
@DefaultSerializer(JavaSerializer.class)
public record Preprocessing(List<FeatureColumn.Numeric> numbers, List<FeatureColumn.Time> times)
    implements Serializable {
  public static final Preprocessing NONE = new Preprocessing(List.of(), List.of());

  public Preprocessing {
    numbers = List.copyOf(numbers);
    times = List.copyOf(times);
  }

  /** Returns the preprocessing of these columns. */
  public static Preprocessing of(List<FeatureColumn> columns) {
    return new Preprocessing(
        only(columns, FeatureColumn.Numeric.class), only(columns, FeatureColumn.Time.class));
  }

  private static <T> List<T> only(List<FeatureColumn> columns, Class<T> type) {
    return columns.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns whether all columns are plain. */
  public boolean isNone() {
    return numbers.isEmpty() && times.isEmpty();
  }

  /** Returns the column with this name. */
  public FeatureColumn column(String name) {
    return Stream.<FeatureColumn>concat(numbers.stream(), times.stream())
        .filter(column -> column.column().equals(name))
        .findFirst()
        .orElseGet(() -> new FeatureColumn.Plain(name));
  }

  /** Returns the columns with these names, in this order. */
  public List<FeatureColumn> columns(List<String> names) {
    return names.stream().map(this::column).toList();
  }

  /** Returns the same columns with one input each, as {@link FeatureColumn#raw}. */
  public Preprocessing raw() {
    return mapped(FeatureColumn::raw);
  }

  private Preprocessing mapped(UnaryOperator<FeatureColumn> change) {
    return of(Stream.<FeatureColumn>concat(numbers.stream(), times.stream()).map(change).toList());
  }
}
