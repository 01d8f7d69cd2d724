package io.meanfield.network;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.network.layers.Layer;
import io.meanfield.settings.SettingsTree;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network as JSON with the keys of the settings, for model files. */
public final class NetworkJson {
  private NetworkJson() {}

  /** Returns the JSON that {@link #parse} reads. */
  public static String write(NetworkSettings network) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("input", network.input());
    settings.put("layers", network.layers().stream().map(Layer::toSettings).toList());
    settings.put("loss", NetworkSettings.name(network.loss()));
    settings.put("optimizer", optimizer(network));
    return ConfigValueFactory.fromMap(Map.of("network", settings))
        .render(ConfigRenderOptions.concise());
  }

  private static Map<String, Object> optimizer(NetworkSettings network) {
    Map<String, Object> settings = network.optimizer().toSettings();
    settings.putAll(network.clipping().toSettings());
    settings.put("schedule", network.schedule().toSettings());
    return settings;
  }

  /**
   * Returns the network that {@link #write} wrote.
   *
   * @param origin the file, for messages
   * @throws io.meanfield.error.UserException if the JSON does not describe a network; lists every
   *     problem
   */
  public static NetworkSettings parse(String json, String origin) {
    SettingsTree tree = SettingsTree.parse(json, origin);
    NetworkSettings network = NetworkSettings.read(tree.section("network"));
    tree.throwIfInvalid();
    return network;
  }
}
