package io.meanfield.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsText;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import java.util.stream.Stream;

/**
 * The param network: settings of the network and of its training. A client of Spark Connect sets it
 * with the rights of the server, so it sets nothing that names a file, a server or another command.
 */
final class NetworkParam {
  private static final List<String> ALLOWED =
      List.of(
          "network",
          "train",
          "pretrain",
          "run.seed",
          "run.kernels",
          "run.single-writer",
          "data.validation-fraction",
          "data.balance",
          "data.bad-rows",
          "data.chunk-size",
          "data.columns.scale",
          "data.columns.log",
          "data.columns.bins",
          "data.columns.impute",
          "data.columns.missing-indicator",
          "data.columns.dates",
          "data.columns.handle-unknown",
          "data.columns.embed-above",
          "data.columns.embedding-size");

  private NetworkParam() {}

  /**
   * Returns the settings, with their substitutions made.
   *
   * @throws UserException if the text is no HOCON, or that names every key or section that no fit
   *     takes
   */
  static Config parse(String text) {
    Config given = SettingsTree.loadStandalone(new SettingsText(text, "param network")).config();
    List<String> refused = refused("", given.root()).toList();
    if (!refused.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "param network cannot set %s; leave it out, or use another param, such as labelCol,"
              + " idCol or checkpointDir; param network can set %s",
          String.join(", ", refused),
          String.join(", ", ALLOWED));
    }
    return given;
  }

  private static Stream<String> refused(String prefix, ConfigObject settings) {
    return settings.keySet().stream()
        .sorted()
        .flatMap(key -> refused(prefix + key, settings.get(key)));
  }

  private static Stream<String> refused(String key, ConfigValue value) {
    if (ALLOWED.contains(key)) {
      return Stream.empty();
    }
    boolean hasAllowed = ALLOWED.stream().anyMatch(allowed -> allowed.startsWith(key + "."));
    return hasAllowed && value instanceof ConfigObject object && !object.isEmpty()
        ? refused(key + ".", object)
        : Stream.of(key);
  }
}
