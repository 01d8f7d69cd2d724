package io.meanfield.export.mlflow;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.encoding.SetText;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.encoding.Words;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RawTable;
import io.meanfield.scorer.InputColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some rows as a server of MLflow takes them, a DataFrame in the form that pandas calls split.
 * Numbers have the precision of the inputs of the network.
 *
 * @param data the values of each row; a missing one is empty
 */
record InputExample(List<String> columns, List<List<Optional<Object>>> data) {
  private static final int ROWS = 5;

  /**
   * The body of a request.
   *
   * @param dataframeSplit the rows
   */
  record Request(InputExample dataframeSplit) {}

  static InputExample of(ModelInput input, Examples rows) {
    return input.accept(new Of(rows));
  }

  private record Of(Examples rows) implements ModelInput.RowVisitor<InputExample> {
    private InputExample of(List<String> columns, IntFunction<List<Optional<Object>>> values) {
      return new InputExample(
          columns, IntStream.range(0, Math.min(ROWS, rows.count())).mapToObj(values).toList());
    }

    @Override
    public InputExample array(InputColumn column) {
      return of(List.of(column.name()), row -> List.of(Optional.of(array(row))));
    }

    private List<Object> array(int row) {
      int width = rows.width();
      if (rows.features() instanceof Features.Pixels pixels) {
        return IntStream.range(row * width, (row + 1) * width)
            .mapToObj(i -> (Object) Byte.toUnsignedInt(pixels.values()[i]))
            .toList();
      }
      float[] numbers = new float[width];
      rows.features().write(row, numbers, 0);
      return IntStream.range(0, width).mapToObj(i -> number(numbers[i])).toList();
    }

    @Override
    public InputExample columns(ModelInput.Columns columns) {
      TableEncoder encoder = columns.encoder();
      RawTable table = new RawTable(encoder, rows);
      return of(
          Stream.concat(
                  encoder.features().stream(),
                  encoder.categorical().stream().map(Vocabulary::column))
              .toList(),
          row -> values(encoder, table, row));
    }
  }

  private static List<Optional<Object>> values(TableEncoder encoder, RawTable table, int row) {
    List<Optional<Object>> values = new ArrayList<>();
    for (int i = 0; i < encoder.columns().size(); i++) {
      FeatureColumn column = encoder.columns().get(i);
      values.add(value(column, encoder.formOf(column.column()), table.number(row, i)));
    }
    for (int i = 0; i < encoder.categorical().size(); i++) {
      String category = table.category(row, i);
      boolean hasWords = encoder.inputsOf(encoder.categorical().get(i)).hasWords();
      values.add(
          Optional.of(category)
              .filter(text -> !text.isEmpty())
              .map(text -> hasWords ? words(text) : text));
    }
    return values;
  }

  // A text of these words, or a set of them if it would be split in another way.
  private static Object words(String text) {
    if (!SetText.isSet(text)) {
      return text;
    }
    List<Words.Entry> entries = Words.weighted(text);
    List<String> words = entries.stream().map(Words.Entry::word).toList();
    String joined = String.join(" ", words);
    if (Words.of(joined).equals(words)) {
      return joined;
    }
    return entries.stream().allMatch(Words.Entry::isCounted)
        ? words.stream().map(SetText::shown).toList()
        : entries.stream()
            .collect(Collectors.toMap(entry -> SetText.shown(entry.word()), Words.Entry::weight));
  }

  private static Optional<Object> value(FeatureColumn column, TextForm form, double number) {
    if (Double.isNaN(number)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (column.type()) {
          case BOOLEAN -> number != 0;
          case DATE, TIMESTAMP ->
              form.isDate()
                  ? form.dateText(number)
                  : Instant.ofEpochSecond((long) number).toString().replace("T00:00:00Z", "");
          case FLOAT, NUMBER -> number((float) number);
        });
  }

  private static Object number(float number) {
    return number == Math.rint(number) && Math.abs(number) < 1L << 24
        ? (Object) (long) number
        : new BigDecimal(Float.toString(number));
  }
}
