package io.meanfield.pipeline.retrain;

import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.metric.ClassResult;
import io.meanfield.pipeline.train.EvaluationSummary;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;

/** The table {@code comparison}: champion and challenger on the same test examples. */
final class ComparisonTable {
  /**
   * A metric of both models.
   *
   * @param cls the class whose recall it is; empty if the metric is about all examples
   */
  record Source(
      String metric,
      Optional<Integer> cls,
      Optional<Double> champion,
      Optional<Double> challenger) {}

  static final RowTable<Source> TABLE =
      RowTable.<Source>named("comparison")
          .column("metric", DataTypes.StringType, Source::metric)
          .nullable("class", DataTypes.IntegerType, Source::cls)
          .nullable("champion", DataTypes.DoubleType, Source::champion)
          .nullable("challenger", DataTypes.DoubleType, Source::challenger);

  private ComparisonTable() {}

  /** Writes the table, which replaces that of a comparison with an earlier champion. */
  static void write(RunDirectory run, Evaluation champion, Evaluation challenger) {
    TABLE.write(
        run, Stream.concat(metrics(champion, challenger), recalls(champion, challenger)).toList());
  }

  private static Stream<Source> metrics(Evaluation champion, Evaluation challenger) {
    Map<String, Double> before = EvaluationSummary.metrics(champion);
    Map<String, Double> after = EvaluationSummary.metrics(challenger);
    Map<String, Double> names = new LinkedHashMap<>(before);
    names.putAll(after);
    return names.keySet().stream()
        .map(
            name ->
                new Source(
                    name,
                    Optional.empty(),
                    Optional.ofNullable(before.get(name)),
                    Optional.ofNullable(after.get(name))));
  }

  private static Stream<Source> recalls(Evaluation champion, Evaluation challenger) {
    List<ClassResult> before = champion.classes();
    List<ClassResult> after = challenger.classes();
    return IntStream.range(0, after.size())
        .mapToObj(
            cls ->
                new Source(
                    "recall",
                    Optional.of(cls),
                    Optional.of(before.get(cls).recall()),
                    Optional.of(after.get(cls).recall())));
  }
}
