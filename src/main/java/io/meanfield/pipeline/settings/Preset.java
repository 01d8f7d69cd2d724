package io.meanfield.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.data.formats.DataContents;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Locale;

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

  /** Reads {@code network.preset}. An invalid value becomes a problem of the settings. */
  public static Preset read(Section network) {
    return network.choice(NAME, Preset.class);
  }

  /**
   * Returns the settings that the preset adds.
   *
   * @param given the settings of a user
   * @param complete the same with the defaults of all other keys
   */
  public static Config of(Config given, Config complete) {
    boolean isTabular =
        isOneOf(complete, KEY, TABULAR.id())
            || (isOneOf(complete, KEY, AUTO.id()) && suitsTabular(given, complete));
    if (!isTabular) {
      return ConfigFactory.empty();
    }
    Config preset = ConfigFactory.parseResources(Preset.class.getClassLoader(), FILE);
    return given.hasPath(OPTIMIZER + ".name") ? preset.withoutPath(OPTIMIZER) : preset;
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static boolean suitsTabular(Config given, Config complete) {
    return !given.hasPath("network.layers")
        && !given.hasPath("network.hidden-layers")
        && isTable(complete.getValue("data.format").unwrapped().toString())
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
