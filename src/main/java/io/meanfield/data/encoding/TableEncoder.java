package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TextForm;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Encodes the columns of a table as the inputs and classes of a network. It is kept beside the
 * model as {@code encodings.json}, because the model cannot be applied without it.
 *
 * @param columns the columns of numbers, truth values or times, which are the first inputs
 * @param categorical the vocabularies of the categorical columns, whose one-hot codes are the
 *     inputs after the columns, unless a column is embedded; those of columns of texts have words
 * @param handleUnknown the treatment of a value that is not in its vocabulary
 * @param label the vocabulary of the label column; empty if labels are class numbers or if there
 *     are no labels
 * @param embedded the columns and parts of times whose codes are the last inputs, in their order
 * @param forms how the texts of columns of numbers, times or targets are written, by column; plain
 *     ones are left out
 * @param background the inputs of a few training rows, with which contributions compare a row; a
 *     model of an earlier version has none
 */
@DefaultSerializer(JavaSerializer.class)
public record TableEncoder(
    List<FeatureColumn> columns,
    List<Vocabulary> categorical,
    ColumnRoles.HandleUnknown handleUnknown,
    List<Vocabulary> label,
    List<EmbeddedColumn> embedded,
    SortedMap<String, TextForm> forms,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<List<Float>> background)
    implements Serializable {
  private static final int SHOWN_DIGITS = 6;

  /** Makes an encoder without background rows. */
  public TableEncoder(
      List<FeatureColumn> columns,
      List<Vocabulary> categorical,
      ColumnRoles.HandleUnknown handleUnknown,
      List<Vocabulary> label,
      List<EmbeddedColumn> embedded,
      SortedMap<String, TextForm> forms) {
    this(columns, categorical, handleUnknown, label, embedded, forms, List.of());
  }

  /** Makes an encoder of a table whose texts have no other forms. */
  public TableEncoder(
      List<FeatureColumn> columns,
      List<Vocabulary> categorical,
      ColumnRoles.HandleUnknown handleUnknown,
      List<Vocabulary> label,
      List<EmbeddedColumn> embedded) {
    this(columns, categorical, handleUnknown, label, embedded, new TreeMap<>());
  }

  /** Makes an encoder of numbers that are inputs as they are. */
  public TableEncoder(
      List<String> features,
      List<Vocabulary> categorical,
      ColumnRoles.HandleUnknown handleUnknown,
      List<Vocabulary> label) {
    this(
        features.stream().map(FeatureColumn::plain).toList(),
        categorical,
        handleUnknown,
        label,
        List.of());
  }

  /** Returns the encoder of a table of numbers that are inputs as they are. */
  public static TableEncoder ofNumbers(List<String> features) {
    return new TableEncoder(features, List.of(), ColumnRoles.HandleUnknown.ERROR, List.of());
  }

  /** Returns the names of the columns of numbers, in the order of the inputs. */
  public List<String> features() {
    return columns.stream().map(FeatureColumn::column).toList();
  }

  /**
   * Returns the same encoder with one input for each number, in the unit of the table, and none for
   * parts of times; a missing number is NaN.
   */
  public TableEncoder unscaled() {
    return new TableEncoder(
        columns.stream().map(FeatureColumn::unscaled).toList(),
        categorical,
        handleUnknown,
        label,
        embedded.stream().filter(column -> !column.isPart()).toList(),
        forms);
  }

  /** Returns the same encoder with these columns and parts of times embedded. */
  public TableEncoder embedding(List<EmbeddedColumn> codes) {
    return new TableEncoder(columns, categorical, handleUnknown, label, codes, forms);
  }

  /** Returns the same encoder with the inputs of other background rows. */
  public TableEncoder withBackground(List<List<Float>> rows) {
    return new TableEncoder(columns, categorical, handleUnknown, label, embedded, forms, rows);
  }

  /** Returns whether the inputs are the numbers of the table in its unit. */
  public boolean isUnscaled() {
    return withBackground(List.of()).equals(unscaled());
  }

  /** Returns how the texts of a column are written. */
  public TextForm formOf(String column) {
    return forms.getOrDefault(column, TextForm.PLAIN);
  }

  /**
   * The number of codes of a categorical column: one for each value, and one for unknown values if
   * {@link ColumnRoles.HandleUnknown#EXTRA_COLUMN} is set.
   */
  public int codes(Vocabulary column) {
    return column.values().size() + (acceptsUnknown() ? 1 : 0);
  }

  /** Returns the categorical columns that are texts, whose vocabularies have their words. */
  public List<String> texts() {
    return embedded.stream().filter(EmbeddedColumn::hasWords).map(EmbeddedColumn::column).toList();
  }

  /** Returns whether a category may be missing or absent from the vocabulary. */
  public boolean acceptsUnknown() {
    return handleUnknown == ColumnRoles.HandleUnknown.EXTRA_COLUMN;
  }

  /** The number of inputs of a table without arrays. */
  public int inputs() {
    return columns.stream().mapToInt(FeatureColumn::inputs).sum() + categoricalInputs();
  }

  /** The number of inputs of all categories, which follow those of the numbers. */
  public int categoricalInputs() {
    return categories().stream().mapToInt(CategoryInputs::inputs).sum();
  }

  /** Returns the inputs of the categories, in their order. */
  public List<CategoryInputs> categories() {
    return CategoryInputs.of(categorical, embedded, acceptsUnknown());
  }

  /** Returns the inputs of a categorical column. */
  public CategoryInputs inputsOf(Vocabulary column) {
    return categories().stream()
        .filter(inputs -> inputs.name().equals(column.column()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns the number of inputs of each numeric column, in their order; empty if several columns
   * may have arrays, whose lengths are not known.
   *
   * @param inputs of the network, with those of the categories
   */
  public Optional<List<Integer>> widths(int inputs) {
    int more = inputs - inputs();
    if (more == 0) {
      return Optional.of(columns.stream().map(FeatureColumn::inputs).toList());
    }
    return more > 0 && columns.stream().filter(FeatureColumn::isPlain).count() == 1
        ? Optional.of(
            columns.stream()
                .map(column -> column.isPlain() ? column.inputs() + more : column.inputs())
                .toList())
        : Optional.empty();
  }

  /** As {@link #widths}, also empty if an array is the only numeric column. */
  Optional<List<Integer>> widthsOfSeveral(int inputs) {
    return widths(inputs).filter(found -> found.size() > 1 || inputs == inputs());
  }

  /**
   * Returns the names of the inputs. A number of an array is named by the column and its position;
   * if the array is the only numeric column, or if several columns may have arrays, by its position
   * alone.
   */
  public List<String> inputNames(int inputs) {
    List<String> names = new ArrayList<>();
    Optional<List<Integer>> widths = widthsOfSeveral(inputs);
    if (widths.isPresent()) {
      for (int i = 0; i < columns.size(); i++) {
        names.addAll(names(columns.get(i), widths.get().get(i)));
      }
    } else {
      IntStream.range(0, inputs - categoricalInputs()).forEach(i -> names.add(Integer.toString(i)));
    }
    categories().forEach(column -> names.addAll(column.inputNames()));
    return names;
  }

  private static List<String> names(FeatureColumn column, int width) {
    return width == column.inputs()
        ? column.inputNames()
        : IntStream.range(0, width).mapToObj(i -> column.column() + "[" + i + "]").toList();
  }

  /**
   * Returns the values of one example by column: the numbers, and the category of each categorical
   * column.
   */
  public Map<String, String> describe(float[] inputs) {
    List<String> names = inputNames(inputs.length);
    Map<String, String> described = new LinkedHashMap<>();
    int numbers = inputs.length - categoricalInputs();
    for (int i = 0; i < numbers; i++) {
      described.put(names.get(i), Float.toString(inputs[i]));
    }
    categories().forEach(column -> described.put(column.name(), column.value(inputs, numbers)));
    return described;
  }

  /**
   * Returns the values of the columns of one example for a person, to the precision of its inputs;
   * of arrays, each number by the name of its input. A missing value is an empty text if its column
   * has an input that marks missing values, else the number that replaced it.
   */
  public Map<String, String> values(float[] inputs) {
    Map<String, String> values = new LinkedHashMap<>();
    int numbers = inputs.length - categoricalInputs();
    Optional<List<Integer>> widths = widthsOfSeveral(inputs.length);
    int next = 0;
    for (int i = 0; widths.isPresent() && i < columns.size(); i++) {
      FeatureColumn column = columns.get(i);
      int width = widths.get().get(i);
      if (width == column.inputs()) {
        values.put(column.column(), text(column, column.value(inputs, next)));
      } else {
        List<String> names = names(column, width);
        for (int j = 0; j < width; j++) {
          values.put(names.get(j), plain(inputs[next + j]));
        }
      }
      next += width;
    }
    for (; next < numbers; next++) {
      values.put(Integer.toString(next), plain(inputs[next]));
    }
    categories().stream()
        .filter(category -> embedded.stream().noneMatch(part -> isPart(part, category)))
        .forEach(category -> values.put(category.name(), category.value(inputs, numbers)));
    return values;
  }

  // An input has about seven digits; the change of scale costs one.
  private static String plain(double value) {
    return new BigDecimal(value)
        .round(new MathContext(SHOWN_DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static boolean isPart(EmbeddedColumn column, CategoryInputs category) {
    return column.isPart() && column.name().equals(category.name());
  }

  private static String text(FeatureColumn column, double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return column.type().isTime()
        ? Instant.ofEpochSecond((long) value).toString().replace("T00:00:00Z", "")
        : plain(value);
  }

  /**
   * Returns the label of a class; empty if labels are class numbers, or if no training example had
   * the class.
   */
  public Optional<String> labelName(int cls) {
    return labels()
        .filter(labels -> cls < labels.values().size())
        .map(labels -> labels.values().get(cls));
  }

  /** The vocabulary of the labels; empty if they are class numbers. */
  public Optional<Vocabulary> labels() {
    return label.isEmpty() ? Optional.empty() : Optional.of(label.get(0));
  }

  /**
   * Returns the code of a value, its index in the vocabulary of its column.
   *
   * @param value empty if it is missing
   * @param where the file and line of the value, for the message
   * @throws InvalidRowException if the vocabulary does not have the value and there is no extra
   *     column
   */
  public int code(Vocabulary column, String value, String where) {
    if (acceptsUnknown()) {
      return column.code(value).orElse(column.values().size());
    }
    return column.requireCode(
        value, where, "; train with data.columns.handle-unknown = extra-column");
  }

  /** Returns the class of a label; throws if the vocabulary does not have the label. */
  public int classIndex(String label, String where) {
    return labels().orElseThrow().requireCode(label, where, "");
  }
}
