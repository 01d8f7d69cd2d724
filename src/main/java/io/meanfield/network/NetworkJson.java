package io.meanfield.network;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.error.ErrorCode;
import io.meanfield.network.layers.Layer;
import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A network as JSON with the keys of the settings, for model files; with the threshold of the model
 * if one was set.
 */
public final class NetworkJson {
  private static final String NETWORK = "network";
  private static final String MEMBERS = "members";
  private static final String THRESHOLD = "threshold";
  private static final String BOUNDS = "bounds";
  private static final String INTERVALS = "intervals";
  private static final String ITERATION = "iteration";
  private static final String EPOCH = "epoch";
  private static final String IMAGES = "images";
  private static final String ENCODINGS = "encodings-sha256";

  private NetworkJson() {}

  /** Minibatches and epochs that a model was trained for. */
  public record Counters(int iteration, int epoch) {}

  /**
   * What a model was trained on.
   *
   * @param images whether its inputs are pixels
   * @param encodingsSha256 the SHA-256 of the encodings of its table, in hexadecimal; empty if it
   *     was no table
   */
  public record Inputs(boolean images, Optional<String> encodingsSha256) {}

  /** Returns the JSON that {@link #parse} and {@link #threshold} read. */
  public static String write(NetworkSettings network, Threshold threshold) {
    return text(description(network, threshold));
  }

  /**
   * Returns the same JSON with the counters of the state, for {@link #counters}, and the inputs,
   * for {@link #inputs}.
   */
  public static String write(Model model, Inputs inputs) {
    Map<String, Object> description = description(model.network().settings(), model.threshold());
    if (!model.network().bounds().areNone()) {
      description.put(BOUNDS, model.network().bounds().toSettings());
    }
    if (!model.network().intervals().areNone()) {
      description.put(INTERVALS, IntervalsJson.write(model.network().intervals()));
    }
    description.put(ITERATION, model.state().iteration());
    description.put(EPOCH, model.state().epoch());
    if (inputs.images()) {
      description.put(IMAGES, true);
    }
    inputs.encodingsSha256().ifPresent(sha256 -> description.put(ENCODINGS, sha256));
    return text(description);
  }

  private static Map<String, Object> description(NetworkSettings network, Threshold threshold) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put(NETWORK, settings(network));
    if (network.members() > 1) {
      description.put(MEMBERS, network.members());
    }
    if (threshold.isSet()) {
      description.put(THRESHOLD, (double) threshold.value());
    }
    return description;
  }

  private static String text(Map<String, Object> description) {
    return ConfigValueFactory.fromMap(description).render(ConfigRenderOptions.concise());
  }

  /** Returns the settings of a network, with the keys of the section {@code network}. */
  public static Map<String, Object> settings(NetworkSettings network) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("input", network.input());
    settings.put("layers", network.layers().stream().map(Layer::toSettings).toList());
    settings.putAll(network.loss().toSettings());
    settings.put("optimizer", optimizer(network));
    return settings;
  }

  private static Map<String, Object> optimizer(NetworkSettings network) {
    Map<String, Object> settings = network.optimizer().toSettings();
    if (network.clipNorm() > 0) {
      settings.put(NetworkSettings.CLIP_NORM, network.clipNorm());
    }
    settings.put("schedule", network.schedule().toSettings());
    return settings;
  }

  /**
   * Returns the network that {@link #write} wrote.
   *
   * @param json in UTF-8
   * @param origin the file, for messages
   * @throws io.meanfield.error.UserException if the JSON does not describe a network; lists every
   *     problem
   */
  public static NetworkSettings parse(byte[] json, String origin) {
    SettingsTree tree = tree(json, origin);
    NetworkSettings network =
        NetworkSettings.read(tree.section(NETWORK)).withMembers(members(tree));
    threshold(tree);
    counters(tree);
    bounds(tree);
    intervals(tree);
    inputs(tree);
    tree.throwIfInvalid();
    return network;
  }

  /**
   * Returns the threshold that {@link #write} wrote; the default if none was set.
   *
   * @param json in UTF-8
   * @param origin the file, for messages
   */
  public static Threshold threshold(byte[] json, String origin) {
    return threshold(tree(json, origin));
  }

  /**
   * Returns the counters that {@link #write(Model, Inputs)} wrote; 0 without them.
   *
   * @param json in UTF-8
   * @param origin the file, for messages
   */
  public static Counters counters(byte[] json, String origin) {
    return counters(tree(json, origin));
  }

  /**
   * Returns the bounds of predictions that {@link #write(Model, Inputs)} wrote; none without them.
   *
   * @param json in UTF-8
   * @param origin the file, for messages
   */
  public static OutputBounds bounds(byte[] json, String origin) {
    return bounds(tree(json, origin));
  }

  /**
   * Returns the intervals around predictions that {@link #write(Model, Inputs)} wrote; none without
   * them.
   *
   * @param json in UTF-8
   * @param origin the file, for messages
   */
  public static Intervals intervals(byte[] json, String origin) {
    return intervals(tree(json, origin));
  }

  /**
   * Returns the inputs that {@link #write(Model, Inputs)} wrote.
   *
   * @param json in UTF-8
   * @param origin the file, for messages
   */
  public static Inputs inputs(byte[] json, String origin) {
    return inputs(tree(json, origin));
  }

  private static Inputs inputs(SettingsTree tree) {
    return new Inputs(tree.root().optionalBoolean(IMAGES), tree.root().optionalString(ENCODINGS));
  }

  private static OutputBounds bounds(SettingsTree tree) {
    return tree.root().isSet(BOUNDS)
        ? OutputBounds.read(tree.root().sections(BOUNDS))
        : OutputBounds.NONE;
  }

  private static Intervals intervals(SettingsTree tree) {
    if (!tree.root().isSet(INTERVALS)) {
      return Intervals.NONE;
    }
    try {
      return IntervalsJson.read(tree.root().optionalSection(INTERVALS));
    } catch (IllegalArgumentException e) {
      tree.root().invalid(INTERVALS, "intervals as training writes them");
      return Intervals.NONE;
    }
  }

  private static int members(SettingsTree tree) {
    return tree.root().isSet(MEMBERS) ? tree.root().integer(MEMBERS, 1) : 1;
  }

  private static Counters counters(SettingsTree tree) {
    return new Counters(count(tree.root(), ITERATION), count(tree.root(), EPOCH));
  }

  private static int count(Section root, String key) {
    return (int)
        root.optionalNumber(
            key,
            number -> number == (int) number && number >= 0,
            "a whole number that is not negative",
            0);
  }

  private static SettingsTree tree(byte[] json, String origin) {
    return SettingsTree.parse(json, origin, ErrorCode.MODEL_UNREADABLE);
  }

  private static Threshold threshold(SettingsTree tree) {
    Section root = tree.root();
    float value =
        (float)
            root.optionalNumber(
                THRESHOLD, number -> Float.isFinite((float) number), "a finite number", 0);
    return root.isSet(THRESHOLD) ? Threshold.of(value) : Threshold.DEFAULT;
  }
}
