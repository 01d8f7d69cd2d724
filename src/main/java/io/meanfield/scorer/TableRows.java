package io.meanfield.scorer;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.SetText;
import io.meanfield.data.encoding.SingleValues;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.encoding.WordCodes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of a program's rows as the inputs of a graph. */
final class TableRows implements Rows {
  private final TableEncoder encoder;
  private final Map<String, WordCodes> texts;

  TableRows(TableEncoder encoder) {
    this.encoder = encoder;
    this.texts =
        encoder.categorical().stream()
            .filter(column -> encoder.inputsOf(column).hasWords())
            .collect(
                Collectors.toMap(
                    Vocabulary::column,
                    column -> new WordCodes(column, encoder.inputsOf(column).exponents())));
  }

  @Override
  public List<InputColumn> inputs() {
    return Stream.concat(
            encoder.columns().stream()
                .map(column -> new InputColumn(column.column(), type(column), List.of())),
            encoder.categorical().stream()
                .map(column -> new InputColumn(column.column(), InputColumn.Type.TEXT, List.of())))
        .toList();
  }

  private static InputColumn.Type type(FeatureColumn column) {
    return switch (column.type()) {
      case BOOLEAN -> InputColumn.Type.TRUTH_VALUE;
      case DATE, TIMESTAMP -> InputColumn.Type.TIME;
      case FLOAT, NUMBER -> InputColumn.Type.NUMBER;
    };
  }

  /**
   * Returns the values of each column: floats for plain numbers, doubles for other numbers and
   * times, texts for categories, and floats for the words of texts.
   */
  @Override
  public Map<String, Tensor> read(List<? extends Map<String, ?>> rows) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (FeatureColumn column : encoder.columns()) {
      double[] numbers = new double[rows.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = number(column, value(rows, i, column.column()), i);
      }
      Object values = column.isPlain() ? floats(numbers) : numbers;
      inputs.put(column.column(), Tensor.ofColumn(values, numbers.length));
    }
    for (Vocabulary column : encoder.categorical()) {
      if (texts.containsKey(column.column())) {
        inputs.put(column.column(), words(column, rows));
        continue;
      }
      String[] texts = new String[rows.size()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = category(column, value(rows, i, column.column()), i);
      }
      inputs.put(column.column(), Tensor.ofColumn(texts, texts.length));
    }
    return inputs;
  }

  private Tensor words(Vocabulary column, List<? extends Map<String, ?>> rows) {
    CategoryInputs inputs = encoder.inputsOf(column);
    int places = inputs.inputs();
    WordCodes codes = texts.get(column.column());
    float[] values = new float[rows.size() * places];
    for (int i = 0; i < rows.size(); i++) {
      Optional<Object> value = value(rows, i, column.column());
      codes.write(
          value.isPresent() ? text(column, value.get(), i) : "", values, i * places, places);
    }
    return new Tensor(values, new long[] {rows.size(), places});
  }

  private static String text(Vocabulary column, Object value, int row) {
    if (value instanceof Map<?, ?> weights) {
      return SetText.ofMap(weights);
    }
    return value instanceof Iterable<?> elements
        ? SetText.ofSet(elements)
        : texts(column, value, row).get(0);
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private double number(FeatureColumn column, Optional<Object> value, int row) {
    double number = value.map(found -> number(column, found)).orElse(Double.NaN);
    if (Float.isFinite((float) number)) {
      return number;
    }
    boolean isMissing = !column.isPlain() && isMissing(value);
    if (isMissing && column.acceptsMissing()) {
      return Double.NaN;
    }
    throw SingleValues.wrong(
        Rows.where(row),
        column.column(),
        value.filter(found -> !isMissing(found)).map(Object::toString).orElse(""),
        SingleValues.expected(encoder, column, isMissing));
  }

  private static boolean isMissing(Optional<Object> value) {
    return value.isEmpty()
        || isMissing(value.get())
        || (value.get() instanceof CharSequence text && SingleValues.isMissing(text.toString()));
  }

  private static boolean isMissing(Object value) {
    return value instanceof Number number && Double.isNaN(number.doubleValue());
  }

  /** Returns the number of a value; NaN if the column has no such values. */
  private double number(FeatureColumn column, Object value) {
    if (value instanceof CharSequence text) {
      return SingleValues.number(encoder, column.column(), column.type(), text.toString());
    }
    if (column.type().isTime()) {
      return instant(value).map(ValueType::seconds).orElse(Double.NaN);
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static Optional<Instant> instant(Object value) {
    if (value instanceof LocalDate date) {
      return Optional.of(date.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    if (value instanceof LocalDateTime time) {
      return Optional.of(time.toInstant(ZoneOffset.UTC));
    }
    if (value instanceof OffsetDateTime time) {
      return Optional.of(time.toInstant());
    }
    if (value instanceof ZonedDateTime time) {
      return Optional.of(time.toInstant());
    }
    return value instanceof Instant time ? Optional.of(time) : Optional.empty();
  }

  private String category(Vocabulary column, Optional<Object> value, int row) {
    List<String> texts = value.map(found -> texts(column, found, row)).orElse(List.of(""));
    String text = texts.stream().filter(column::has).findFirst().orElse(texts.get(0));
    if (!SingleValues.isCategory(encoder, text)) {
      throw SingleValues.wrongCategory(Rows.where(row), column.column(), text);
    }
    encoder.code(column, text, Rows.where(row)); // throws if training has not seen it
    return text;
  }

  /**
   * Returns the texts that a value may have in a table: training may have read whole numbers, or
   * numbers of 64 bits.
   */
  private static List<String> texts(Vocabulary column, Object value, int row) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      List<String> texts = new ArrayList<>();
      if (number == Math.rint(number) && Math.abs(number) < 1e18) {
        texts.add(Long.toString((long) number));
      }
      texts.add(Double.isNaN(number) ? "" : value.toString());
      return texts;
    }
    if (value instanceof BigDecimal number) {
      return List.of(number.toPlainString().replaceAll("\\.0+$", ""));
    }
    boolean isText =
        value instanceof CharSequence
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof Enum
            || value instanceof LocalDate;
    if (!isText) {
      throw SingleValues.wrong(
          Rows.where(row),
          column.column(),
          value.toString(),
          "a text; convert the value as for the training");
    }
    return List.of(value.toString().strip());
  }
}
