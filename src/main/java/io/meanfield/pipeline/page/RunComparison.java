package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.report.ReadableNumber;
import io.meanfield.settings.ShortLists;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.checkpoint.RecordedEpoch;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A comparison of runs, without Spark.
 *
 * @param runs the names of the runs, in the order in which the user named them
 * @param settings those that differ, and other entries of run.json, as JSON
 * @param metrics of the results
 * @param columns of tables whose use differs, such as "number"
 * @param costs times and work; a run that trains no model has its duration only
 */
public record RunComparison(
    List<String> runs,
    List<Row<String>> settings,
    List<Row<Double>> metrics,
    List<Row<String>> columns,
    List<Curve> curves,
    List<Row<Double>> costs) {
  private static final int DIGITS = 6;
  private static final String SETTINGS = "settings.";
  private static final List<String> COMPARED =
      List.of(
          "command",
          "settings",
          "data",
          "seed",
          "workers",
          "engine",
          "kernels",
          "from",
          "model",
          "versions");

  /**
   * What is compared.
   *
   * @param values the values by run; a run without one is absent
   */
  public record Row<T>(String name, Map<String, T> values) {}

  /**
   * Compares runs.
   *
   * @throws UserException if a run is named twice, or if a file of a run cannot be read
   */
  public static RunComparison of(List<RunDirectory> directories) {
    List<ComparedRun> runs = read(directories);
    return new RunComparison(
        runs.stream().map(ComparedRun::name).toList(),
        settings(runs),
        byName(rows(runs, ComparedRun::metrics)),
        columns(runs.stream().filter(run -> !run.columns().isEmpty()).toList()),
        Curve.of(runs),
        rows(runs, RunComparison::costs));
  }

  private static List<ComparedRun> read(List<RunDirectory> directories) {
    Set<String> paths = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (RunDirectory run : directories) {
      ids.add(run.id().value());
      if (!paths.add(run.display())) {
        throw UserException.of(
            ErrorCode.WRONG_ARGUMENTS, "run %s is named twice; expected different runs", run.id());
      }
    }
    boolean idsDiffer = ids.size() == directories.size();
    return directories.stream()
        .map(run -> ComparedRun.read(idsDiffer ? run.id().value() : run.display(), run))
        .toList();
  }

  private static <T> List<Row<T>> rows(
      List<ComparedRun> runs, Function<ComparedRun, Map<String, T>> values) {
    Map<String, Row<T>> rows = new LinkedHashMap<>();
    for (ComparedRun run : runs) {
      values
          .apply(run)
          .forEach(
              (name, value) ->
                  rows.computeIfAbsent(name, row -> new Row<>(row, new LinkedHashMap<>()))
                      .values()
                      .put(run.name(), value));
    }
    return List.copyOf(rows.values());
  }

  private static <T> List<Row<T>> byName(List<Row<T>> rows) {
    return rows.stream().sorted(Comparator.comparing(Row::name)).toList();
  }

  private static List<Row<String>> settings(List<ComparedRun> runs) {
    return differing(byName(rows(runs, run -> entries(run.manifest().json()))), runs);
  }

  private static List<Row<String>> columns(List<ComparedRun> runs) {
    return differing(rows(runs, ComparedRun::columns), runs);
  }

  private static List<Row<String>> differing(List<Row<String>> rows, List<ComparedRun> runs) {
    return rows.stream()
        .filter(
            row ->
                row.values().size() < runs.size()
                    || row.values().values().stream().distinct().count() > 1)
        .toList();
  }

  private static Map<String, String> entries(Config manifest) {
    Map<String, String> entries = new TreeMap<>();
    for (String path : COMPARED) {
      if (manifest.hasPath(path)) {
        for (Map.Entry<String, ConfigValue> entry : manifest.withOnlyPath(path).entrySet()) {
          entries.put(name(entry.getKey()), entry.getValue().render(ConfigRenderOptions.concise()));
        }
      }
    }
    return entries;
  }

  private static String name(String key) {
    return key.startsWith(SETTINGS) ? key.substring(SETTINGS.length()) : key;
  }

  private static Map<String, Double> costs(ComparedRun run) {
    Map<String, Double> costs = new LinkedHashMap<>();
    run.status()
        .flatMap(status -> status.finished().map(end -> Duration.between(status.started(), end)))
        .ifPresent(duration -> costs.put("seconds", duration.toMillis() / 1e3));
    List<RecordedEpoch> epochs = run.epochs();
    if (!epochs.isEmpty()) {
      double inEpochs = epochs.stream().mapToDouble(epoch -> epoch.result().seconds()).sum();
      double examples = epochs.stream().mapToDouble(epoch -> epoch.result().examples()).sum();
      double computing =
          epochs.stream()
              .flatMap(epoch -> epoch.rounds().stream())
              .mapToDouble(round -> round.cost().computeMillis())
              .sum();
      costs.put("seconds in epochs", inEpochs);
      costs.put("examples", examples);
      if (inEpochs > 0) {
        costs.put("examples a second", examples / inEpochs);
      }
      costs.put("core seconds of learners", computing / 1e3);
    }
    return costs;
  }

  /** Returns the settings as rows of text: the name, then the value of each run. */
  public List<List<String>> settingCells() {
    return cells(settings, ShortLists::of, "unset");
  }

  /** Returns the metrics as rows of text. */
  public List<List<String>> metricCells() {
    return cells(metrics, RunComparison::sixDigits, "");
  }

  /** Returns the columns whose use differs as rows of text. */
  public List<List<String>> columnCells() {
    return cells(columns, use -> use, "");
  }

  /** Returns times and work as rows of text. */
  public List<List<String>> costCells() {
    return cells(costs, ReadableNumber::text, "");
  }

  private static String sixDigits(double value) {
    return Numbers.decimals(
        value, Double.isFinite(value) ? ReadableNumber.decimals(value, DIGITS) : 0);
  }

  private <T> List<List<String>> cells(
      List<Row<T>> rows, Function<T, String> text, String otherwise) {
    return rows.stream()
        .map(
            row ->
                Stream.concat(
                        Stream.of(row.name()),
                        runs.stream()
                            .map(run -> Optional.ofNullable(row.values().get(run)))
                            .map(value -> value.map(text).orElse(otherwise)))
                    .toList())
        .toList();
  }
}
