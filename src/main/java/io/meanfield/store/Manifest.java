package io.meanfield.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.util.Map;
import java.util.Optional;

/** What a run is made of: run.json. */
public record Manifest(Config json) {
  /**
   * The version of the layout of a run's directory that this code writes and the newest that it
   * reads.
   */
  public static final int SCHEMA_VERSION = 1;

  private static final String VERSION_KEY = "schema_version";

  /** A manifest of this version; nested maps, lists, texts, numbers and booleans. */
  public static Manifest of(Map<String, ?> entries) {
    return new Manifest(
        ConfigValueFactory.fromMap(entries)
            .withValue(VERSION_KEY, ConfigValueFactory.fromAnyRef(SCHEMA_VERSION))
            .toConfig());
  }

  static Manifest parse(String text, String where) {
    try {
      Config json = ConfigFactory.parseString(text);
      int version = json.getInt(VERSION_KEY);
      if (version > SCHEMA_VERSION) {
        throw new Complaint(
            ErrorCode.WRONG_ARGUMENTS,
            where
                + " has schema version "
                + version
                + ", this Meanfield knows versions up to "
                + SCHEMA_VERSION
                + "; use a newer Meanfield");
      }
      return new Manifest(json);
    } catch (ConfigException e) {
      throw new Complaint(
          ErrorCode.WRONG_ARGUMENTS, where + " is not the manifest of a run: " + e.getMessage(), e);
    }
  }

  /** The text at a path such as {@code data.train.fingerprint}. */
  public Optional<String> text(String path) {
    return json.hasPath(path) ? Optional.of(json.getString(path)) : Optional.empty();
  }

  String render() {
    return render(json);
  }

  static String render(Config json) {
    return json.root()
            .render(ConfigRenderOptions.defaults().setOriginComments(false).setComments(false))
        + "\n";
  }
}
