package io.meanfield.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.source.SourceOptions;
import io.meanfield.error.SqlRedaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Settings as a run records them: of an option of a data source or a query that may be or contain a
 * secret, such as the password of a database, only the SHA-256, so that it is given again when the
 * run continues; and without the placement of the workers, which is no part of the model and is
 * chosen anew at every start.
 */
public final class RecordedSettings {
  private static final List<String> OPTIONS = List.of("data.train.options", "data.test.options");
  private static final List<String> QUERIES = List.of("data.train.query", "data.test.query");
  private static final String WORKERS_PER_TASK = "train.workers-per-task";
  // With a larger number, workers average inside a group, which is part of the model.
  private static final Set<String> PLACEMENTS = Set.of("auto", "1");

  /** A setting whose value is not recorded. */
  private record Hidden(String path, String value, String shown) {
    boolean isHidden() {
      return !shown.equals(value);
    }

    String recorded() {
      return "%s (sha256 %s)"
          .formatted(shown, DigestUtils.sha256Hex(value.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private RecordedSettings() {}

  /** Returns the settings with the hashes of hidden options, and without placement. */
  public static Config of(Config settings) {
    Config recorded = withoutPlacement(settings);
    for (Hidden option : hiddenOptions(settings)) {
      recorded =
          recorded.withValue(option.path(), ConfigValueFactory.fromAnyRef(option.recorded()));
    }
    return recorded;
  }

  /** Returns settings without the placement of the workers. */
  public static Config withoutPlacement(Config settings) {
    return settings.hasPath(WORKERS_PER_TASK)
            && PLACEMENTS.contains(settings.getValue(WORKERS_PER_TASK).unwrapped().toString())
        ? settings.withoutPath(WORKERS_PER_TASK)
        : settings;
  }

  /** Returns settings, which may be recorded ones, without hidden options. */
  public static Config withoutHidden(Config settings) {
    Config rest = settings;
    for (String path : hidden(settings)) {
      rest = rest.withoutPath(path);
    }
    return rest;
  }

  /** Returns recorded settings with the hidden options of other settings in place of theirs. */
  public static Config withHiddenOf(Config other, Config recorded) {
    Config complete = withoutHidden(recorded);
    for (String path : hidden(other)) {
      complete = complete.withValue(path, other.getValue(path));
    }
    return complete;
  }

  /** Returns the paths of the options and queries whose values are not recorded. */
  public static List<String> hidden(Config settings) {
    return hiddenOptions(settings).stream().map(Hidden::path).sorted().toList();
  }

  private static List<Hidden> hiddenOptions(Config settings) {
    Stream<Hidden> options =
        OPTIONS.stream().filter(settings::hasPath).flatMap(section -> options(settings, section));
    Stream<Hidden> queries =
        QUERIES.stream()
            .filter(settings::hasPath)
            .map(path -> query(path, String.valueOf(settings.getAnyRef(path))));
    return Stream.concat(options, queries).filter(Hidden::isHidden).toList();
  }

  private static Stream<Hidden> options(Config settings, String section) {
    return settings.getConfig(section).entrySet().stream()
        .map(
            option ->
                option(section, option.getKey(), String.valueOf(option.getValue().unwrapped())));
  }

  private static Hidden query(String path, String sql) {
    return new Hidden(path, sql, SqlRedaction.shown(sql));
  }

  private static Hidden option(String section, String path, String value) {
    String key = String.join(".", ConfigUtil.splitPath(path));
    return new Hidden(section + "." + path, value, SourceOptions.shown(key, value));
  }
}
