package io.meanfield.pipeline.score;

import io.meanfield.data.ChosenExamples;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.source.InputRows.RowBlock;
import io.meanfield.data.source.PassedColumns;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.evaluate.contribution.ExplainedScore;
import io.meanfield.evaluate.contribution.WordEffects;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.LearnerState;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.report.ReadableNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * The command {@code explain}: tells in words which columns move the prediction of a row, and how
 * far. Creates no run. Driver only.
 */
public final class ExplainJob {
  private static final int MOST_COLUMNS = 5; // up, and as many down
  private static final int MOST_ROWS = 400;
  private static final int MOST_WORDS = 8; // of a text

  private final ModelReference reference;
  private final TableEncoder encoder;
  private final Source source;
  private final ReadContext context;
  private final Dataset data;
  private final Contributions contributions;
  private final WordEffects words;

  /**
   * Opens the rows.
   *
   * @param model the id of a run, the path of a model file, or a version of a registered model
   */
  public ExplainJob(SparkSession session, JobSettings settings, String model) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.reference =
        ModelReference.load(
            ModelCatalog.of(spark.hadoopConfiguration(), settings), settings, model);
    this.encoder =
        reference
            .encoder()
            .orElseThrow(
                () ->
                    UserException.of(
                        ErrorCode.MODEL_UNUSABLE,
                        "explain tells about the columns of a table, but %s was trained on no"
                            + " table",
                        model));
    this.source = settings.data().test();
    this.context =
        ReadContext.of(spark, reference.model().network().settings().labelClasses())
            .withEncoder(reference.encoder())
            .withBadRows(settings.data().badRows());
    this.data = source.open(context);
    OutputSpec outputs =
        Predictions.outputs(reference.model().network(), data).with(reference.model().threshold());
    this.contributions = Contributions.of(reference.model().network(), encoder, outputs);
    this.words = new WordEffects(reference.model().network(), contributions.score(), encoder);
  }

  /**
   * Returns the lines that explain rows.
   *
   * @param ids of the rows, as evaluate or as predict writes them
   */
  public List<String> lines(List<String> ids) {
    if (ids.size() > MOST_ROWS) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "explain tells about at most %s rows at once, found %s; predict --contributions writes"
              + " the contributions of all rows",
          MOST_ROWS,
          ids.size());
    }
    Examples rows = rows(ids);
    LearnerState state = reference.model().state().withoutOptimizerState();
    List<Contributions.OfRow> explained = contributions.of(state, rows);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows.count(); row++) {
      float[] inputs = new float[rows.width()];
      rows.features().write(row, inputs, 0);
      lines.add("row " + ids.get(row) + ": " + score(explained.get(row)));
      lines.addAll(columns(explained.get(row), encoder.values(inputs)));
      words
          .of(state, inputs, explained.get(row).cls())
          .forEach((column, effects) -> lines.addAll(words(column, effects)));
    }
    return lines;
  }

  private List<String> words(String column, List<WordEffects.Effect> effects) {
    String largest =
        effects.stream()
            .limit(MOST_WORDS)
            .filter(effect -> effect.change() != 0)
            .map(effect -> effect.word() + " " + signed(effect.change()))
            .collect(Collectors.joining(", "));
    return largest.isEmpty() ? List.of() : List.of("  words of " + column + ": " + largest);
  }

  private Examples rows(List<String> ids) {
    Map<String, Examples> found = ChosenExamples.byName(data, ids);
    if (!found.keySet().containsAll(ids)) {
      Set<String> wanted = Set.copyOf(ids);
      source
          .rows(context, PassedColumns.NONE)
          .blocks()
          .flatMap(block -> chosen(block, wanted).iterator())
          .collect()
          .forEach(row -> found.putIfAbsent(row._1(), row._2()));
    }
    return ChosenExamples.inOrder(data, ids, found);
  }

  private static Stream<Tuple2<String, Examples>> chosen(RowBlock block, Set<String> ids) {
    return IntStream.range(0, block.values().size())
        .mapToObj(
            row ->
                new Tuple2<>(
                    String.valueOf(block.values().get(row)[0]),
                    block.examples().select(IntStream.of(row))))
        .filter(row -> ids.contains(row._1()));
  }

  private boolean isProbability() {
    return contributions.score().outputs().hasClassProbabilities();
  }

  private String score(Contributions.OfRow row) {
    String average = "the average training row has ";
    if (!isProbability()) {
      return String.format(
          Locale.ROOT,
          "the %s is %s; %s%s",
          contributions.score().words(),
          ReadableNumber.text(row.score()),
          average,
          ReadableNumber.text(row.base()));
    }
    String name = encoder.labelName(row.cls()).orElse(Integer.toString(row.cls()));
    return String.format(
        Locale.ROOT,
        "the probability of %s is %.1f %% (log-odds %s); %s%.1f %% (%s)",
        name,
        100 * ExplainedScore.probability(row.score()),
        ReadableNumber.rounded(row.score(), 2),
        average,
        100 * ExplainedScore.probability(row.base()),
        ReadableNumber.rounded(row.base(), 2));
  }

  private List<String> columns(Contributions.OfRow row, Map<String, String> values) {
    List<Integer> largest =
        IntStream.range(0, row.columns().length)
            .filter(column -> row.columns()[column] != 0)
            .boxed()
            .sorted(Comparator.comparingDouble(column -> -Math.abs(row.columns()[column])))
            .toList();
    List<Integer> up =
        largest.stream().filter(column -> row.columns()[column] > 0).limit(MOST_COLUMNS).toList();
    List<Integer> down =
        largest.stream().filter(column -> row.columns()[column] < 0).limit(MOST_COLUMNS).toList();
    List<String> lines = new ArrayList<>();
    up.forEach(column -> lines.add(line("up  ", column, row, values)));
    down.forEach(column -> lines.add(line("down", column, row, values)));
    double others =
        largest.stream()
            .filter(column -> !up.contains(column) && !down.contains(column))
            .mapToDouble(column -> row.columns()[column])
            .sum();
    int shown = up.size() + down.size();
    if (largest.size() > shown) {
      lines.add(
          "        %s  %d other columns together"
              .formatted(signed(others), largest.size() - shown));
    }
    return lines;
  }

  private String line(
      String direction, int column, Contributions.OfRow row, Map<String, String> values) {
    String name = contributions.names().get(column);
    String value = values.getOrDefault(name, "");
    return "  %s  %s  %s = %s"
        .formatted(
            direction, signed(row.columns()[column]), name, value.isEmpty() ? "missing" : value);
  }

  private String signed(double value) {
    String text = isProbability() ? ReadableNumber.rounded(value, 2) : ReadableNumber.text(value);
    return value > 0 ? "+" + text : text;
  }
}
