package io.meanfield.ml;

import io.meanfield.error.UserException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names settings in sentences of a fit as its caller knows them: by the params that set them. */
final class ParamNames {
  // The labels are the targets of a regressor.
  private static final Map<String, String> PARAMS =
      Map.ofEntries(
          Map.entry("train.epochs", "maxIter"),
          Map.entry("train.batch-size", "batchSize"),
          Map.entry("train.workers", "numWorkers"),
          Map.entry("train.members", "numMembers"),
          Map.entry("train.folds", "numFolds"),
          Map.entry("train.intervals", "intervals"),
          Map.entry("train.early-stopping.patience", "numEarlyStoppingRounds"),
          Map.entry("network.optimizer.learning-rate", "stepSize"),
          Map.entry("network.hidden-layers", "hiddenLayers"),
          Map.entry("run.seed", "seed"),
          Map.entry("run.directory", "checkpointDir"),
          Map.entry("data.columns.features", "featuresCols"),
          Map.entry("data.columns.exclude", "excludeCols"),
          Map.entry("data.columns.text", "textCols"),
          Map.entry("data.columns.categorical", "categoricalCols"),
          Map.entry("data.columns.label", "labelCol"),
          Map.entry("data.columns.targets", "labelCol"),
          Map.entry("data.columns.id", "idCol"),
          Map.entry("data.columns.time", "timeCol"),
          Map.entry("data.columns.group", "groupCol"),
          Map.entry("data.columns.weight", "weightCol"),
          Map.entry("data.columns.scale", "scale"),
          Map.entry("data.columns.impute", "impute"),
          Map.entry("data.columns.handle-unknown", "handleInvalid"),
          Map.entry("data.columns.handle-unknown = extra-column", "handleInvalid = keep"),
          Map.entry("data.columns.embed-above", "embedAbove"),
          Map.entry("data.columns.embedding-size", "embeddingSize"));

  private static final String NETWORK = "param network";
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![\\w./])(?:data\\.(?:columns\\.[a-z-]+|bad-rows|validation-fraction|balance|chunk-size)"
              + "|run\\.[a-z-]+|(?:train|network)\\.[a-z-]+(?:\\.[a-z-]+)*)(?: = [a-z0-9-]+)?");
  private static final Pattern UNITS = Pattern.compile("network\\.hidden-layers(\\[\\d+])\\.dense");

  private ParamNames() {}

  /** Returns the exception with the names of params. */
  static UserException in(UserException failure) {
    String text = in(failure.getMessage());
    return text.equals(failure.getMessage())
        ? failure
        : UserException.causedBy(failure, failure.code(), "%s", text);
  }

  /**
   * Returns a text with the names of params. A setting that no param sets is one of param network;
   * a line that names that param is about what the caller wrote there, and stays.
   */
  static String in(String text) {
    return text.lines()
        .map(line -> line.contains(NETWORK) ? line : inLine(line))
        .collect(Collectors.joining("\n"));
  }

  private static String inLine(String line) {
    Matcher found = KEY.matcher(UNITS.matcher(line).replaceAll("hiddenLayers$1"));
    return found.replaceAll(result -> Matcher.quoteReplacement(name(result.group())));
  }

  private static String name(String found) {
    String key = found.replaceFirst(" .*", "");
    return Optional.ofNullable(PARAMS.get(found))
        .or(() -> Optional.ofNullable(PARAMS.get(key)).map(param -> found.replace(key, param)))
        .orElse(found + " in " + NETWORK);
  }
}
