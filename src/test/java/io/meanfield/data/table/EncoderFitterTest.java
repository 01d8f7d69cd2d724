package io.meanfield.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.settings.SettingsTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EncoderFitterTest {
  private static final double MISSING = Double.NaN;

  /** A row with one feature and one category. */
  record Cell(double value, String text) {}

  private static PreprocessingSettings settings(String... columns) {
    List<String> assignments = new ArrayList<>(List.of("data.format = csv"));
    Arrays.stream(columns).forEach(each -> assignments.add("data.columns." + each));
    return PreprocessingSettings.read(
        SettingsTree.load(List.of(), assignments).section("data").section("columns"));
  }

  private static FeatureColumn typed(ValueType type) {
    return FeatureColumn.number("x", type, false, ColumnScaling.NONE, List.of(MISSING), false);
  }

  private static TableStatistics statistics(ValueType type, List<Cell> rows) {
    TableStatistics statistics = new TableStatistics(List.of(typed(type)), 1, 0);
    statistics.add(0, rows.stream().mapToDouble(Cell::value).toArray());
    rows.forEach(row -> statistics.addCategories(i -> row.text()));
    return statistics;
  }

  private static TableEncoder fit(
      PreprocessingSettings settings, ValueType type, TableStatistics statistics) {
    TableEncoder unfitted =
        new TableEncoder(
            List.of(typed(type)),
            List.of(Vocabulary.of("c", List.of("a", "b", "only in validation"))),
            HandleUnknown.EXTRA_COLUMN,
            List.of(),
            List.of());
    return EncoderFitter.fit(settings, unfitted, Optional.of(statistics), List.of());
  }

  private static FeatureColumn number(PreprocessingSettings settings, double... values) {
    List<Cell> rows = Arrays.stream(values).mapToObj(value -> new Cell(value, "a")).toList();
    ValueType type = ValueType.NUMBER;
    return fit(settings, type, statistics(type, rows)).columns().get(0);
  }

  private static double scaled(FeatureColumn column, double value) {
    float[] inputs = new float[column.inputs()];
    column.write(value, inputs, 0);
    return inputs[0];
  }

  @Test
  void scalingsAreThoseOfTheirFormulas() {
    double[] values = {2, 4, 4, 4, 5, 5, 7, 9}; // mean 5, deviation 2, median 4.5, quartiles 4, 5.5
    assertThat(scaled(number(settings("scale = standard"), values), 9)).isEqualTo(2);
    assertThat(scaled(number(settings("scale = min-max"), values), 3.75)).isEqualTo(0.25);
    assertThat(scaled(number(settings("scale = robust"), values), 6)).isEqualTo(1);
    assertThat(scaled(number(settings("scale = none"), values), 6)).isEqualTo(6);
  }

  @Test
  void halfOfTheBinsDividesTheRowsAndHalfTheDifferentValues() {
    double[] values = new double[6000];
    for (int i = 5900; i < values.length; i++) {
      values[i] = i - 5899; // most are 0, the rest 1 to 100
    }
    assertThat(number(settings("scale = none", "log = none", "bins = 8"), values).edges())
        .containsExactly(0.0, 25.0, 50.0, 75.0, 100.0);
    assertThat(number(settings("scale = min-max", "log = none", "bins = 2"), values).edges())
        .containsExactly(0.0, 1.0);
    assertThat(number(settings("bins = none"), values).edges()).isEmpty();
    assertThat(number(settings("bins = 8"), new double[6000]).edges()).isEmpty();
  }

  @Test
  void fewRowsHaveFewBinsOrNone() {
    String[] settings = {"scale = none", "log = none", "bins = 100"};
    double[] values = IntStream.rangeClosed(0, 2000).mapToDouble(i -> i).toArray();
    assertThat(number(settings(settings), values).edges()).hasSize(26).contains(80.0, 1920.0);
    assertThat(number(settings(settings), Arrays.copyOf(values, 499)).edges()).isEmpty();
  }

  @Test
  void wideTableHasFewBinsOrNone() {
    double[] values = IntStream.rangeClosed(0, 2000).mapToDouble(i -> i).toArray();
    NumberSummary summary = new NumberSummary();
    summary.add(values);
    assertThat(summary.edges(100, 200, ColumnScaling.NONE, false)).hasSize(6).contains(400.0);
    assertThat(summary.edges(100, 1000, ColumnScaling.NONE, false)).containsExactly(0.0, 2000.0);
    assertThat(summary.edges(100, 1001, ColumnScaling.NONE, false)).isEmpty();
  }

  @Test
  void constantColumnIsNotDividedByZero() {
    for (String scale : List.of("standard", "min-max", "robust")) {
      assertThat(scaled(number(settings("scale = " + scale), 7, 7, 7), 7)).isZero();
      assertThat(scaled(number(settings("scale = " + scale), 7, 7, 7), 8)).isEqualTo(1);
    }
  }

  @Test
  void imputationComesFromThePresentValues() {
    double[] values = {1, MISSING, 2, 9};
    assertThat(number(settings("impute = median"), values).fill()).containsExactly(2.0);
    assertThat(number(settings("impute = mean"), values).fill()).containsExactly(4.0);
    assertThat(number(settings("impute = refuse"), 1, 2).fill()).isEmpty();
    assertThat(number(settings("impute { x = mean }"), values).fill()).containsExactly(4.0);
    assertThat(number(settings(), MISSING, MISSING).fill()).containsExactly(0.0);
  }

  @Test
  void onlyColumnsWithMissingTrainingValuesHaveAnIndicator() {
    assertThat(number(settings(), 1, MISSING).inputNames()).containsExactly("x", "x missing");
    assertThat(number(settings(), 1, 2).inputNames()).containsExactly("x");
    assertThat(number(settings("missing-indicator = false"), 1, MISSING).inputs()).isEqualTo(1);
  }

  @Test
  void logarithmIsChosenForSkewedColumnsWithoutNegativeValues() {
    double[] skewed = {0, 1, 1, 1, 2, 2, 3, 3, 1000};
    double[] negative = {-1, 1, 1, 1, 2, 2, 3, 3, 1000};
    assertThat(number(settings(), skewed).log()).isTrue();
    assertThat(number(settings(), negative).log()).isFalse();
    assertThat(number(settings(), 1, 2, 3).log()).isFalse();
    assertThat(number(settings("log = none"), skewed).log()).isFalse();
    assertThat(number(settings("log = [x]"), 1, 2, 3).log()).isTrue();
    assertThat(number(settings("log = [y]"), skewed).log()).isFalse();
  }

  @Test
  void scalingOfLogarithmsIsFittedToThem() {
    double[] powers = {0, Math.expm1(1), Math.expm1(2), Math.expm1(10)};
    FeatureColumn column = number(settings("log = [x]", "scale = min-max"), powers);
    assertThat(scaled(column, Math.expm1(5))).isCloseTo(0.5, within(1e-7));
  }

  @Test
  void truthValuesAreNotScaled() {
    List<Cell> rows = List.of(new Cell(0, "a"), new Cell(1, "a"), new Cell(1, "a"));
    FeatureColumn column =
        fit(settings(), ValueType.BOOLEAN, statistics(ValueType.BOOLEAN, rows)).columns().get(0);
    assertThat(scaled(column, 1)).isEqualTo(1);
    assertThat(scaled(column, 0)).isZero();
  }

  @Test
  void datesHaveNoMinuteOfTheDay() {
    List<Cell> rows = List.of(new Cell(0, "a"), new Cell(172_800, "a"));
    ValueType type = ValueType.DATE;
    FeatureColumn column = fit(settings(), type, statistics(type, rows)).columns().get(0);
    assertThat(column.inputNames())
        .containsExactly(
            "x days",
            "x day-of-week sin",
            "x day-of-week cos",
            "x day-of-year sin",
            "x day-of-year cos");
    assertThat(scaled(column, 172_800)).isEqualTo(1);
  }

  @Test
  void vocabularyHasTheCategoriesOfTheTrainingRowsOnly() {
    List<Cell> rows = List.of(new Cell(1, "b"), new Cell(2, ""), new Cell(3, "a"));
    ValueType type = ValueType.NUMBER;
    assertThat(fit(settings(), type, statistics(type, rows)).categorical().get(0).values())
        .containsExactly("a", "b");
  }

  @Test
  void embeddedCategoryOfOneTrainingRowIsUnknown() {
    List<Cell> rows = Stream.of("a", "b", "a", "c", "c").map(text -> new Cell(1, text)).toList();
    ValueType type = ValueType.NUMBER;
    List<List<Cell>> parts = List.of(rows.subList(0, 1), rows.subList(1, 3), rows.subList(3, 5));
    for (TableStatistics found : List.of(statistics(type, rows), sum(type, parts))) {
      assertThat(fit(settings("embed-above = 2"), type, found).categorical().get(0).values())
          .containsExactly("a", "c");
      assertThat(fit(settings("embed-above = 3"), type, found).categorical().get(0).values())
          .containsExactly("a", "b", "c");
    }
  }

  @Property(tries = 100)
  void standardScaledTrainingValuesHaveMeanZeroAndDeviationOne(
      @ForAll @Size(min = 2, max = 200) List<@IntRange(min = -1000, max = 1_000_000) Integer> all) {
    double[] values = all.stream().mapToDouble(value -> value / 8.0).toArray();
    FeatureColumn column = number(settings("log = none"), values);
    Moments moments = new Moments();
    moments.add(Arrays.stream(values).map(value -> scaled(column, value)).toArray());
    assertThat(moments.mean()).isCloseTo(0, within(1e-6));
    double expected = Arrays.stream(values).distinct().count() == 1 ? 0 : 1;
    assertThat(moments.deviation()).isCloseTo(expected, within(1e-6));
  }

  @Property(tries = 50)
  void orderOfThePartsDoesNotChangeTheEncoder(
      @ForAll @Size(min = 1, max = 300) List<Float> values,
      @ForAll @IntRange(min = 1, max = 7) int parts,
      @ForAll long seed) {
    List<Cell> rows = new ArrayList<>();
    for (float value : values) {
      rows.add(new Cell(rows.size() % 5 == 4 ? MISSING : value, "c" + rows.size() % 3));
    }
    ValueType type = ValueType.NUMBER;
    for (String scale : List.of("standard", "robust")) {
      PreprocessingSettings settings = settings("scale = " + scale);
      List<List<Cell>> divided = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        divided.add(rows.subList(rows.size() * part / parts, rows.size() * (part + 1) / parts));
      }
      TableEncoder one = fit(settings, type, sum(type, divided));
      Collections.shuffle(divided, new Random(seed));
      assertThat(fit(settings, type, sum(type, divided))).isEqualTo(one);
    }
  }

  private static TableStatistics sum(ValueType type, List<List<Cell>> parts) {
    return parts.stream()
        .map(part -> statistics(type, part))
        .reduce(statistics(type, List.of()), TableStatistics::plus);
  }

  /** Returns the encoder of a column of rows that are evenly spread over some days from 1970 on. */
  private static TableEncoder spread(int rows, int days, ValueType type, String... settings) {
    List<Cell> cells =
        IntStream.range(0, rows)
            .mapToObj(i -> new Cell(i * days * 86_400.0 / rows, i % 3 == 0 ? "a" : "b"))
            .toList();
    List<String> all = new ArrayList<>(List.of("dates.categorical = true"));
    all.addAll(Arrays.asList(settings));
    return fit(settings(all.toArray(String[]::new)), type, statistics(type, cells));
  }

  private static List<DatePart> oneHot(TableEncoder encoder) {
    return encoder.columns().get(0).categories();
  }

  @Test
  void partsOfTimesBecomeCategoriesAsFineAsTheRowsAllow() {
    ValueType type = ValueType.TIMESTAMP;
    TableEncoder few = spread(499, 10, type);
    assertThat(oneHot(few))
        .containsExactly(DatePart.HOUR_OF_DAY, DatePart.DAY_OF_WEEK, DatePart.MONTH);
    assertThat(few.embedded()).isEmpty();
    // The size of 11 categories is 1.6 * 11^0.56 = 6.1.
    assertThat(spread(500, 10, type).embedded())
        .containsExactly(EmbeddedColumn.ofDays("x", 0, 10, 7));
    assertThat(oneHot(spread(20_000, 366, ValueType.DATE)))
        .containsExactly(DatePart.DAY_OF_WEEK, DatePart.MONTH);
    // The size of 367 categories is 1.6 * 367^0.56 = 43.7.
    TableEncoder years = spread(18_300, 400, ValueType.DATE);
    assertThat(oneHot(years)).containsExactly(DatePart.DAY_OF_WEEK, DatePart.MONTH);
    assertThat(years.embedded())
        .containsExactly(EmbeddedColumn.of("x", DatePart.DAY_OF_YEAR, 367, 44));
    // Five rows a day tell a holiday from other days if they are those of four years.
    assertThat(spread(1_830, 1_462, ValueType.DATE).embedded()).isEqualTo(years.embedded());
    assertThat(spread(1_829, 1_462, ValueType.DATE).embedded()).isEmpty();
    assertThat(spread(1_830, 1_400, ValueType.DATE).embedded()).isEmpty();
    assertThat(spread(720_000, 2, type).embedded())
        .containsExactly(
            EmbeddedColumn.of("x", DatePart.MINUTE_OF_DAY, 1441, 50),
            EmbeddedColumn.ofDays("x", 0, 2, 3));
    assertThat(oneHot(spread(500, 10, type, "dates.categorical = false"))).isEmpty();
  }

  @Test
  void columnsAndPartsWithMoreCategoriesThanTheLimitAreEmbedded() {
    ValueType type = ValueType.DATE;
    EmbeddedColumn week = EmbeddedColumn.of("x", DatePart.DAY_OF_WEEK, 8, 6);
    EmbeddedColumn text = EmbeddedColumn.of("c", 3, 3);
    TableEncoder some = spread(100, 40, type, "embed-above = 6");
    assertThat(oneHot(some)).isEmpty();
    assertThat(some.embedded())
        .containsExactly(week, EmbeddedColumn.of("x", DatePart.MONTH, 13, 7));
    assertThat(spread(100, 40, type, "embed-above = 1").embedded()).contains(week, text);
    assertThat(spread(100, 40, type, "embed-above = none").embedded()).isEmpty();
    assertThat(
            spread(100, 40, type, "embed-above = 1", "impute = refuse", "embedding-size.c = 9")
                .embedded())
        .contains(EmbeddedColumn.of("x", DatePart.DAY_OF_WEEK, 7, 5), EmbeddedColumn.of("c", 3, 9));
  }
}
