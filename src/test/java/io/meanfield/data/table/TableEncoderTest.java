package io.meanfield.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.CategoryWriter;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableEncoderTest {
  private static final Vocabulary COLORS = Vocabulary.of("color", Set.of("red", "blue", "green"));
  private static final Vocabulary KINDS = Vocabulary.of("kind", List.of("iris", "rose"));

  private static TableEncoder encoder(HandleUnknown handleUnknown) {
    return new TableEncoder(List.of("age", "a.b"), List.of(COLORS), handleUnknown, List.of(KINDS));
  }

  @Test
  void codesFollowTheOrderOfValues() {
    assertThat(COLORS.values()).containsExactly("blue", "green", "red");
    assertThat(encoder(HandleUnknown.ERROR).code(COLORS, "green", "x.csv:2")).isEqualTo(1);
    assertThat(encoder(HandleUnknown.ERROR).classIndex("rose", "x.csv:2")).isEqualTo(1);
  }

  @Test
  void unknownCategoryNamesPlaceAndRemedy() {
    assertThatThrownBy(() -> encoder(HandleUnknown.ERROR).code(COLORS, "mauve", "x.csv:7"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "x.csv:7: column color is \"mauve\", which is none of the 3 values in training (blue,"
                + " green, red); train with data.columns.handle-unknown = extra-column");
  }

  @Test
  void unknownCategoryIsEncodedInTheExtraColumn() {
    TableEncoder extra = encoder(HandleUnknown.EXTRA_COLUMN);
    assertThat(extra.code(COLORS, "mauve", "x.csv:7")).isEqualTo(3);
    assertThat(extra.codes(COLORS)).isEqualTo(4);
    assertThat(encoder(HandleUnknown.ERROR).codes(COLORS)).isEqualTo(3);
  }

  private static final Vocabulary SIZES = Vocabulary.of("size", Set.of("L", "S"));

  /** Has a number, a one-hot column of three codes, and the codes of a weekday and a column. */
  private static TableEncoder embedding() {
    ColumnScaling since1970 = new ColumnScaling(-10_957, 1);
    FeatureColumn day =
        FeatureColumn.number("day", ValueType.DATE, false, since1970, List.of(-10_957.0), false);
    return new TableEncoder(
        List.of(day),
        List.of(COLORS, SIZES),
        HandleUnknown.EXTRA_COLUMN,
        List.of(),
        List.of(
            EmbeddedColumn.of("day", DatePart.DAY_OF_WEEK, 8, 2),
            EmbeddedColumn.of("color", 4, 3)));
  }

  private static float[] written(double day, String color, String size) {
    TableEncoder encoder = embedding();
    float[] inputs = new float[encoder.inputs()];
    CategoryWriter writer = CategoryWriter.of(encoder, 1);
    encoder.columns().get(0).write(day, inputs, 0);
    writer.writeParts(0, day, inputs, 0);
    writer.write(0, color, "x.csv:2", inputs, 0);
    writer.write(1, size, "x.csv:2", inputs, 0);
    return inputs;
  }

  @Test
  void embeddedColumnsAreCodesAfterTheOneHotInputs() {
    double saturday = 2 * 86_400.0; // 1970-01-03
    assertThat(written(saturday, "red", "S")).containsExactly(2, 0, 1, 0, 5, 2);
    assertThat(written(Double.NaN, "mauve", "")).containsExactly(0, 0, 0, 1, 7, 3);
    assertThat(embedding().inputNames(6))
        .containsExactly("day", "size=L", "size=S", "size unknown", "day day-of-week", "color");
  }

  @Test
  void otherDaysThanThoseOfTrainingHaveOneCode() {
    EmbeddedColumn days = EmbeddedColumn.ofDays("day", 10, 2, 3);
    assertThat(IntStream.range(8, 14).map(day -> days.code(day * 86_400.0 + 1)))
        .containsExactly(2, 2, 0, 1, 2, 2);
    assertThat(days.code(Double.NaN)).isEqualTo(2);
    assertThat(days.values()).containsExactly("1970-01-11", "1970-01-12");
  }

  @Test
  void codesAreDescribedByTheirValues() {
    assertThat(embedding().describe(new float[] {2, 0, 1, 0, 5, 2}))
        .containsExactly(
            Map.entry("day", "2.0"),
            Map.entry("size", "S"),
            Map.entry("day day-of-week", "5"),
            Map.entry("color", "red"));
    assertThat(embedding().describe(new float[] {0, 0, 0, 1, 7, 3}))
        .containsEntry("size", "unknown")
        .containsEntry("day day-of-week", "unknown")
        .containsEntry("color", "unknown");
  }

  @Test
  void encoderInUnitsOfTheTableHasNoPartsOfTimes() {
    assertThat(embedding().unscaled().inputNames(5))
        .containsExactly("day", "size=L", "size=S", "size unknown", "color");
  }

  @Test
  void unknownLabelIsAlwaysAnError() {
    assertThatThrownBy(() -> encoder(HandleUnknown.EXTRA_COLUMN).classIndex("tulip", "x.csv:7"))
        .hasMessage(
            "x.csv:7: column kind is \"tulip\", which is none of the 2 values in training (iris,"
                + " rose)");
  }

  private static List<Vocabulary> vocabulary(int classes, String... labels) {
    return LabelEncoder.vocabulary("y", new TreeSet<>(List.of(labels)), classes, "x.csv");
  }

  @Test
  void integersAreClassesUnlessOneLabelIsAName() {
    assertThat(vocabulary(3, "0", "2", "1")).isEmpty();
    assertThat(vocabulary(4, "0", "10", "2", "none").get(0).values())
        .containsExactly("0", "10", "2", "none");
  }

  @Test
  void integersThatBeginAboveZeroAreNames() {
    assertThat(vocabulary(3, "1", "2", "3").get(0).values()).containsExactly("1", "2", "3");
    assertThat(vocabulary(4, "1", "2", "3")).isEmpty(); // 0 may be a class without an example
    // The last layer follows from the labels.
    int any = 1 << 16;
    assertThat(vocabulary(any, "1", "3").get(0).values()).containsExactly("1", "3");
    assertThat(vocabulary(any, "0", "3")).isEmpty();
    assertThat(vocabulary(any, "1", "5000").get(0).values()).containsExactly("1", "5000");
  }

  @Test
  void fewWholeNumbersThatCannotNumberClassesAreNames() {
    int any = 1 << 16;
    assertThat(vocabulary(any, "-1", "1").get(0).values()).containsExactly("-1", "1");
    assertThat(vocabulary(any, "0", "10001").get(0).values()).containsExactly("0", "10001");
    assertThat(vocabulary(any, "12345678901234567890", "7").get(0).values()).hasSize(2);
    String[] prices =
        IntStream.range(0, 31).mapToObj(i -> Integer.toString(190_000 + i)).toArray(String[]::new);
    assertThatThrownBy(() -> vocabulary(any, prices))
        .hasMessage(
            "x.csv: column y has label 190000, expected 0 to 65535; for numbers to predict, set"
                + " data.columns.targets instead of data.columns.label");
  }

  @Test
  void wholeNumbersThatDifferAsTextsStayDifferent() {
    assertThat(vocabulary(1 << 16, "0", "01", "1").get(0).values()).containsExactly("0", "01", "1");
    assertThat(vocabulary(3, "+1", "0", "1").get(0).values()).containsExactly("+1", "0", "1");
    assertThatThrownBy(() -> vocabulary(2, "0", "01", "1"))
        .hasMessage(
            "column y of x.csv has 3 different labels (0, 01, 1), but the network has only 2"
                + " classes");
    assertThatThrownBy(() -> LabelEncoder.code("y", "01", Optional.empty(), 2, "x.csv"))
        .hasMessage(
            "x.csv: column y has label 01, expected 0 to 1, one for each class of the network");
  }

  @Test
  void classNumberOutOfRangeNamesThePlace() {
    assertThatThrownBy(() -> vocabulary(3, "0", "3"))
        .hasMessage(
            "x.csv: column y has label 3, expected 0 to 2, one for each class of the network");
    // Larger than an int, and not a name because of that.
    assertThatThrownBy(() -> vocabulary(3, "0", "3000000000"))
        .hasMessage(
            "x.csv: column y has label 3000000000, expected 0 to 2, one for each class of the"
                + " network");
  }

  @Test
  void moreLabelsThanClassesAreRejected() {
    assertThatThrownBy(() -> vocabulary(2, "a", "b", "c"))
        .hasMessage(
            "column y of x.csv has 3 different labels (a, b, c), but the network has only 2"
                + " classes");
  }

  @Test
  void columnWithTooManyDifferentValuesIsRejected() {
    Set<String> values =
        IntStream.rangeClosed(0, Vocabulary.MAX_VALUES)
            .mapToObj(Integer::toString)
            .collect(Collectors.toSet());
    assertThatThrownBy(() -> Vocabulary.of("name", values))
        .hasMessage(
            "column name has more than 100000 different values; expected categories, leave it out"
                + " of data.columns");
  }
}
