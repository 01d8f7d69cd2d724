package io.meanfield.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import io.meanfield.error.UserException;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page docs/configuration.md, generated from the settings: the keys are those that the packages
 * read, defaults and meanings come from conf/defaults.conf, and the valid values of a key come from
 * the error messages about invalid values.
 */
final class ConfigurationPage {
  /**
   * A key without a default.
   *
   * @param with the settings under which the key is read
   */
  record OptionalKey(String key, String with, String meaning) {}

  private static final String CSV = "data { format = csv, train.path = a.csv }";
  private static final String SPARK = "data { format = spark, columns.label = y, train.";
  private static final String TABLE = SPARK + "table = t, test.table = t }";
  private static final String QUERY = SPARK + "query = q, test.query = q }";
  private static final String READER = SPARK + "source = orc, test.source = orc }";
  private static final String SGD = "network.optimizer.name = sgd";
  private static final String ADAM = "network.optimizer.name = adam";
  private static final String ADAMW = "network.optimizer.name = adamw";
  private static final String COSINE =
      "network.optimizer.schedule { name = cosine, decay-steps = 1 }";
  private static final String NESTEROV = "train.outer-optimizer.name = nesterov";

  /** The keys that conf/defaults.conf mentions in comments only. */
  static final List<OptionalKey> OPTIONAL =
      List.of(
          new OptionalKey("data.train.images", "", "idx: file of the training images"),
          new OptionalKey("data.train.labels", "", "idx: file of their labels"),
          new OptionalKey(
              "data.train.path", CSV, "csv, parquet, spark: files, directories or globs"),
          new OptionalKey(
              "data.train.name", "data.format = prepared", "prepared: id of the run of prepare"),
          new OptionalKey("data.test.images", "", "as data.train.images, of the test set"),
          new OptionalKey(
              "data.test.labels",
              "",
              "as data.train.labels, of the test set; predict and export need none"),
          new OptionalKey("data.test.path", CSV, "as data.train.path, of the test set"),
          new OptionalKey(
              "data.test.name", "data.format = prepared", "as data.train.name, of the test set"),
          new OptionalKey("data.train.table", TABLE, "spark: table or view of a catalog"),
          new OptionalKey("data.train.version", TABLE, "spark: version of the table"),
          new OptionalKey("data.train.timestamp", TABLE, "spark: time of a version of the table"),
          new OptionalKey("data.train.query", QUERY, "spark: query of SQL"),
          new OptionalKey(
              "data.train.source", READER, "spark: data source, such as orc, json or jdbc"),
          new OptionalKey(
              "data.train.options",
              READER,
              "spark: options of the data source; of unknown ones only a hash is recorded"),
          new OptionalKey("data.test.table", TABLE, "as data.train.table, of the test set"),
          new OptionalKey("data.test.version", TABLE, "as data.train.version, of the test set"),
          new OptionalKey("data.test.timestamp", TABLE, "as data.train.timestamp, of the test set"),
          new OptionalKey("data.test.query", QUERY, "as data.train.query, of the test set"),
          new OptionalKey("data.test.source", READER, "as data.train.source, of the test set"),
          new OptionalKey("data.test.options", READER, "as data.train.options, of the test set"),
          new OptionalKey(
              "data.columns.dates.format",
              CSV,
              "forms of dates in texts that are tried before the usual ones"),
          new OptionalKey("data.columns.id", CSV, "column of unique ids"),
          new OptionalKey("data.columns.weight", CSV, "column of the weights of the examples"),
          new OptionalKey(
              "data.columns.time",
              CSV,
              "column of times or numbers; the newest rows are for tests and validation"),
          new OptionalKey(
              "data.columns.group",
              CSV,
              "column of groups; all rows of a group are for training, validation or tests"),
          new OptionalKey("data.columns.label", CSV, "column of the classes"),
          new OptionalKey(
              "network.layers",
              "network.layers = [ { dense = 1, activation = linear } ]",
              "the whole network; if not set, hidden-layers and a last layer that the data"
                  + " determine"),
          new OptionalKey(
              "network.loss", "", "if not set, determined by the activation of the last layer"),
          new OptionalKey(
              "network.quantile",
              "network.loss = pinball",
              "the quantile that predictions estimate; default 0.5"),
          new OptionalKey(
              "network.input", "", "shape of one example; if not set, determined by the data"),
          new OptionalKey(
              "network.optimizer.learning-rate", ADAM, "all optimizers; default 0.001, sgd 0.01"),
          new OptionalKey("network.optimizer.momentum", SGD, "sgd; default 0"),
          new OptionalKey("network.optimizer.nesterov", SGD, "sgd; default false"),
          new OptionalKey("network.optimizer.beta-1", ADAM, "adam, adamw; default 0.9"),
          new OptionalKey("network.optimizer.beta-2", ADAM, "adam, adamw; default 0.999"),
          new OptionalKey("network.optimizer.epsilon", ADAM, "all but sgd; default 1e-7"),
          new OptionalKey("network.optimizer.weight-decay", ADAMW, "adamw; default 0.004"),
          new OptionalKey(
              "network.optimizer.scale-by-fan-in",
              ADAMW,
              "adamw: rates by group of weights, as RealMLP's; default false"),
          new OptionalKey(
              "network.optimizer.clip-norm", ADAM, "Keras' clipnorm; no clipping if not set"),
          new OptionalKey(
              "network.optimizer.schedule.decay-steps",
              COSINE,
              "cosine, coslog4; default auto, all steps of the training"),
          new OptionalKey("network.optimizer.schedule.alpha", COSINE, "cosine, coslog4; default 0"),
          new OptionalKey("retrain.model", "", "name of the model in the registry"),
          new OptionalKey(
              "retrain.input",
              "",
              "directory in which new data arrive; if not set, the data are the files of"
                  + " data.train"),
          new OptionalKey(
              "retrain.floor",
              "retrain.floor = 1",
              "least good value of the metric with which a first model is promoted"),
          new OptionalKey(
              "retrain.max-drop-by",
              "",
              "by how much the error of rows that share a value may rise, as a fraction of the"
                  + " champion's, by column: { region = 0.1 }"),
          new OptionalKey(
              "tracking.mlflow.uri",
              "",
              "tracking server of MLflow, which gets every run that has ended; if not set, nothing"
                  + " is sent"),
          new OptionalKey(
              "gate.ranges",
              "",
              "list of { column, min, max }: ranges of numeric columns; min or max may be left"
                  + " out"),
          new OptionalKey(
              "train.intervals",
              "train.intervals = 0.9",
              "shares of new rows, such as 0.9 or [0.5, 0.9], that intervals around predictions, or"
                  + " sets of classes, contain; if not set, there are none"),
          new OptionalKey(
              "train.threshold.precision",
              "train.threshold { precision = 0.9 }",
              "the threshold has the largest recall at this precision or more; the largest"
                  + " precision if no threshold has it"),
          new OptionalKey(
              "train.threshold.recall",
              "train.threshold { recall = 0.8 }",
              "the threshold has the largest precision at this recall or more"),
          new OptionalKey("train.outer-optimizer.learning-rate", NESTEROV, "nesterov; default 0.7"),
          new OptionalKey("train.outer-optimizer.momentum", NESTEROV, "nesterov; default 0.9"));

  /** The settings that most users meet, in the order in which they meet them. */
  private static final Map<String, String> FIRST = new LinkedHashMap<>();

  static {
    FIRST.put("data.format", "csv, parquet, spark, idx or prepared ([data](data.md))");
    FIRST.put("data.train.path", "the files of a table");
    FIRST.put("data.columns.label", "the column of the classes");
    FIRST.put("data.columns.targets", "or the columns of numbers to predict");
    FIRST.put("data.columns.categorical", "columns of categories");
    FIRST.put("data.columns.exclude", "columns that are no features");
    FIRST.put("data.columns.id", "a column of unique ids ([ids](data.md#rows-without-ids))");
    FIRST.put("data.columns.time", "a column of times ([split](data.md#splits-by-time-or-group))");
    FIRST.put("data.columns.group", "or a column of groups, such as customers");
    FIRST.put("data.test.path", "the test set, or:");
    FIRST.put(
        "data.test-fraction", "the part of the data for the test ([test set](data.md#test-set))");
    FIRST.put("data.validation-fraction", "the part of the data for validation");
    FIRST.put("data.bad-rows", "skip leaves out [wrong rows](data.md#rows-that-cannot-be-used)");
    FIRST.put("network.hidden-layers", "the layers before the last one");
    FIRST.put("network.optimizer.learning-rate", "Keras' default of the optimizer");
    FIRST.put("train.epochs", "passes over the training examples");
    FIRST.put("train.batch-size", "examples in a minibatch of one worker");
    FIRST.put("train.workers", "logical workers ([choice](averaging.md#choice))");
    FIRST.put("train.early-stopping.monitor", "the metric that selects the best epoch");
    FIRST.put("train.threshold", "of two classes ([threshold](data.md#threshold))");
    FIRST.put("run.directory", "where runs are ([stores](reliability.md#stores))");
    FIRST.put("run.seed", "seed of all random numbers");
  }

  /** The pages that describe a setting. */
  private static final Map<String, String> PAGES =
      Map.ofEntries(
          Map.entry("data.balance", "data.md#rare-classes"),
          Map.entry("data.chunk-size", "large-data.md#which-bits"),
          Map.entry("data.columns.embed-above", "data.md#embedded-columns"),
          Map.entry("data.columns.features", "data.md#column-roles"),
          Map.entry("data.columns.impute", "data.md#impute"),
          Map.entry("data.columns.log", "data.md#log"),
          Map.entry("data.columns.scale", "data.md#scale"),
          Map.entry("data.columns.scale-targets", "data.md#task-types"),
          Map.entry("gate.new-data.max-psi", "data-gate.md#new-data"),
          Map.entry("retrain.metric", "retraining.md#the-rule"),
          Map.entry("run.kernels", "reproducibility.md#pinned-kernels"),
          Map.entry("run.native-memory", "clusters.md#memory"),
          Map.entry("run.baselines", "report.md#baselines"),
          Map.entry("run.page", "report.md#the-page-of-a-run"),
          Map.entry("run.profile", "data-gate.md#drift"),
          Map.entry("run.single-writer", "reliability.md#stores"),
          Map.entry("search.space", "search.md#the-space"),
          Map.entry("train.batch-size", "tables.md#values-that-follow-from-the-data"),
          Map.entry("train.early-stopping.patience", "tables.md#values-that-follow-from-the-data"),
          Map.entry("train.epochs", "tables.md#values-that-follow-from-the-data"),
          Map.entry("train.intervals", "intervals.md#settings-and-columns"),
          Map.entry("train.outer-optimizer.name", "averaging.md#averaging-policies"),
          Map.entry("train.threshold", "data.md#threshold"),
          Map.entry("train.workers-per-task", "averaging.md#placement"));

  private static final int MEANING_WORDS = 20;
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[\\p{Alnum})}]\\.) ");

  private static final List<String> PROBES =
      List.of("{ probe = 1 }", "\"no such value\"", "-7", "0.5", "1e300", "[ -1 ]");

  private ConfigurationPage() {}

  static Config defaults() {
    return ConfigFactory.parseResources("meanfield/defaults.conf");
  }

  /** Returns the keys of conf/defaults.conf, with their values; lists are one value. */
  static Map<String, ConfigValue> defaultKeys() {
    Map<String, ConfigValue> keys = new TreeMap<>();
    collect("", defaults().root(), keys);
    return keys;
  }

  private static void collect(String path, ConfigObject object, Map<String, ConfigValue> keys) {
    object.forEach(
        (key, value) -> {
          String child = path.isEmpty() ? key : path + "." + key;
          if (value instanceof ConfigObject nested) {
            collect(child, nested, keys);
          } else {
            keys.put(child, value);
          }
        });
  }

  /** Returns every key that the packages read under the settings of the optional keys. */
  static Set<String> readKeys() {
    Set<String> read = new TreeSet<>();
    for (String with : OPTIONAL.stream().map(OptionalKey::with).distinct().toList()) {
      Config config =
          ConfigFactory.parseString("{ " + with + " }")
              .withFallback(defaults())
              .resolve(ConfigResolveOptions.noSystem());
      Set<String> keys = KnownKeys.of(config);
      keys.stream().filter(key -> !isSection(key, keys)).forEach(read::add);
    }
    return read;
  }

  // Sections of formats that are not selected are allowed and not read.
  private static boolean isSection(String key, Set<String> keys) {
    return key.contains("[") // a key of a layer, which has its own table
        || keys.stream().anyMatch(other -> other.startsWith(key + "."))
        || List.of("data.idx", "data.csv", "data.parquet", "data.prepared", "data.columns")
            .contains(key);
  }

  static String render() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Configuration

        <!-- Generated by dev/configuration; a test fails if it is not up to date. -->

        Every setting, with its default and its valid values. Settings are HOCON: a file given with `--conf FILE`, or
        `--set KEY=VALUE` (repeatable). [conf/defaults.conf](../conf/defaults.conf) has the same defaults with longer comments and
        the options of layers. `include "base.conf"` takes the settings of another file, at a path relative to the file with the
        include, on the same file system. `${data.train.path}` takes the value of another setting; environment variables are not read,
        so that a file means the same everywhere: give such values with `--set`. A file has at most 1 MiB.
        """);
    Map<String, ConfigValue> defaults = defaultKeys();
    page.append("\n## First settings\n\n| key | default | meaning |\n|---|---|---|\n");
    FIRST.forEach(
        (key, meaning) ->
            page.append("| `" + key + "` | ")
                .append(
                    Optional.ofNullable(defaults.get(key))
                        .map(ConfigurationPage::defaultOf)
                        .orElse(""))
                .append(" | " + meaning + " |\n"));
    Map<String, String> rows = new TreeMap<>();
    defaults.forEach(
        (key, value) ->
            rows.put(key, row(key, defaultOf(value), context(key), shortened(meaning(value)))));
    OPTIONAL.stream()
        .filter(each -> !each.key().startsWith("data.test."))
        .forEach(each -> rows.put(each.key(), row(each.key(), "", each.with(), each.meaning())));
    rows.put("data.test.", "| `data.test.…` |  |  | as `data.train.…`, of the test set |\n");
    for (String section :
        List.of(
            "run",
            "data",
            "network",
            "train",
            "pretrain",
            "search",
            "registry",
            "retrain",
            "gate",
            "reinforce",
            "tracking")) {
      page.append("\n## `").append(section).append("`\n\n");
      page.append("| key | default | values | meaning |\n|---|---|---|---|\n");
      rows.forEach(
          (key, row) -> {
            if (key.startsWith(section + ".")) {
              page.append(row);
            }
          });
    }
    page.append("\n## Layers of `network.layers`\n\n")
        .append(
            "Each layer is an object with one of these keys, such as `{ dense = 64, activation ="
                + " relu }`.\n\n")
        .append("| layer | other settings | values |\n|---|---|---|\n");
    LayerTypes.keys().forEach(layer -> page.append(layerRow(layer)));
    return page.toString();
  }

  private static String layerRow(String layer) {
    String settings =
        layerSettings(layer).stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
    return "| `" + layer + "` | " + settings + " | " + cell(layerValues(layer)) + " |\n";
  }

  /** Returns the settings that a layer reads besides its own key. */
  static List<String> layerSettings(String layer) {
    String path = "network.layers[0].";
    Config config =
        ConfigFactory.parseString("network.layers = [ { " + layer + " = 1 }, { dense = 1 } ]")
            .withFallback(defaults());
    return KnownKeys.of(config).stream()
        .filter(key -> key.startsWith(path))
        .map(key -> key.substring(path.length()))
        .filter(key -> !LayerTypes.keys().contains(key))
        .toList();
  }

  private static String layerValues(String key) {
    Set<String> expectations = new LinkedHashSet<>();
    for (String probe : PROBES) {
      String layers = "network.layers = [ { " + key + " = " + probe + " }, { dense = 1 } ]";
      expectation("network.layers[0]." + key, List.of(layers)).ifPresent(expectations::add);
    }
    return String.join("; ", expectations);
  }

  private static String row(String key, String value, String with, String meaning) {
    return "| `"
        + key
        + "` | "
        + value
        + " | "
        + cell(values(key, with))
        + " | "
        + cell(meaning)
        + Optional.ofNullable(PAGES.get(key)).map(page -> " ([page](" + page + "))").orElse("")
        + " |\n";
  }

  /** Returns the settings under which a key with a default is read. */
  private static String context(String key) {
    return key.startsWith("data.columns.") || key.startsWith("data.csv.") ? CSV : "";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String defaultOf(ConfigValue value) {
    String text = value.render(ConfigRenderOptions.concise());
    return "`" + (text.length() > 40 ? "[ … ]" : text) + "`";
  }

  private static String meaning(ConfigValue value) {
    return value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
  }

  /**
   * Returns the first sentences of a comment, as many as a cell of a table can hold; a longer first
   * sentence ends at its colon. conf/defaults.conf has the rest.
   */
  static String shortened(String meaning) {
    StringBuilder cell = new StringBuilder();
    for (String sentence : SENTENCE_END.split(meaning, -1)) {
      if (!cell.isEmpty() && words(cell + " " + sentence) > MEANING_WORDS) {
        break;
      }
      cell.append(cell.isEmpty() ? "" : " ").append(sentence);
    }
    int colon = cell.indexOf(": ");
    return words(cell.toString()) > MEANING_WORDS && colon > 0
        ? cell.substring(0, colon) + "."
        : cell.toString();
  }

  private static int words(String text) {
    return text.split(" ").length;
  }

  /** Returns the valid values of a key, from the error messages about invalid values. */
  private static String values(String key, String with) {
    Set<String> expectations = new LinkedHashSet<>();
    for (String probe : PROBES) {
      String assignment = key + " = " + probe;
      List<String> assignments = with.isEmpty() ? List.of(assignment) : List.of(with, assignment);
      expectation(key, assignments).ifPresent(expectations::add);
    }
    if (expectations.stream().anyMatch(each -> each.startsWith("one of "))) {
      expectations.remove("a string");
    }
    if (expectations.stream().anyMatch(each -> each.startsWith("a list of "))) {
      expectations.remove("a list with at least one element");
    }
    return String.join("; ", expectations);
  }

  private static Optional<String> expectation(String key, List<String> assignments) {
    try {
      JobSettings.load(List.of(), assignments);
      return Optional.empty();
    } catch (UserException e) {
      String begin = key + " must be ";
      return Arrays.stream(e.getMessage().split("\n", -1))
          .filter(line -> line.startsWith(begin) && line.contains(", found "))
          .map(line -> line.substring(begin.length(), line.lastIndexOf(", found ")))
          .findFirst();
    }
  }
}
