package io.meanfield.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.data.formats.DataContents;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings that {@code network.preset} adds to those of a user. */
public enum Preset {
  /** The network for tables, conf/tabular.conf. */
  TABULAR,
  NONE,
  /** {@link #TABULAR} for tables whose settings name no layers and do not select DL4J's engine. */
  AUTO;

  private static final String NAME = "preset";
  private static final String KEY = "network." + NAME;
  private static final String FILE = "meanfield/tabular.conf";
  private static final String OPTIMIZER = "network.optimizer";
  private static final String REPLACED =
      "network.hidden-layers leaves out the other settings of network.preset = tabular (folds,"
          + " optimizer, schedule, bins); set the preset to use them with these layers, or to none"
          + " to omit this note";

  /** Reads {@code network.preset}. An invalid value becomes a problem of the settings. */
  public static Preset read(Section network) {
    return network.choice(NAME, Preset.class);
  }

  /**
   * Returns settings with those that the preset adds, and with the preset that {@link #AUTO} means.
   *
   * @param given the settings of a user
   * @param complete the same with the defaults of all other keys
   */
  static Config addTo(Config given, Config complete) {
    boolean isTabular =
        isOneOf(complete, KEY, TABULAR.id())
            || (isOneOf(complete, KEY, AUTO.id()) && suitsTabular(given, complete));
    if (!isTabular) {
      return given;
    }
    Config preset = ConfigFactory.parseResources(Preset.class.getClassLoader(), FILE);
    return given
        .withoutPath(KEY)
        .withFallback(given.hasPath(OPTIMIZER + ".name") ? preset.withoutPath(OPTIMIZER) : preset);
  }

  /**
   * Returns a note if the layers of a user replace the preset, with its other settings.
   *
   * @param settings with defaults and preset
   */
  static Optional<String> note(Config settings) {
    boolean isReplaced =
        isOneOf(settings, KEY, AUTO.id())
            && !settings.hasPath(DerivedNetwork.LAYERS)
            && mayBeTabular(settings);
    return isReplaced ? Optional.of(REPLACED) : Optional.empty();
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static boolean suitsTabular(Config given, Config complete) {
    return !given.hasPath(DerivedNetwork.LAYERS)
        && !given.hasPath(DerivedNetwork.HIDDEN_LAYERS)
        && mayBeTabular(complete);
  }

  private static boolean mayBeTabular(Config complete) {
    return isTable(complete.getValue("data.format").unwrapped().toString())
        && !isOneOf(complete, "network.engine", "dl4j");
  }

  private static boolean isTable(String format) {
    return DataSettings.contents(format).filter(DataContents::areRows).isPresent();
  }

  // Values are not checked yet.
  private static boolean isOneOf(Config settings, String key, String... values) {
    return settings.hasPath(key)
        && List.of(values).contains(settings.getValue(key).unwrapped().toString());
  }
}
