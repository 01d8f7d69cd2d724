package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.settings.ShortLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows the layers of a network, as settings list them, in a line. */
public final class NetworkLine {
  private static final String MEMBERS = "settings.train.members";
  private static final int MOST_LAYERS = 8;
  // Layers that change nothing when a model predicts, or only the scale of its inputs.
  private static final Set<String> LEFT_OUT = Set.of("dropout", "scaling");

  private NetworkLine() {}

  /** Returns the network of a run or fit in a line; empty if its manifest names none. */
  public static Optional<String> of(Config manifest) {
    String layers = "settings.network.layers";
    if (!manifest.hasPath(layers)) {
      return Optional.empty();
    }
    int members = manifest.hasPath(MEMBERS) ? manifest.getInt(MEMBERS) : 1;
    return Optional.of(
        of(manifest.getList(layers).unwrapped())
            + (members > 1 ? "; the mean of " + members + " such networks" : ""));
  }

  /**
   * Returns the most important layers, equal ones together: "3 x dense 64 relu, dense 10 softmax".
   */
  static String of(List<?> layers) {
    List<String> names = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (Object layer : layers) {
      String name = layer(layer);
      int last = names.size() - 1;
      if (last >= 0 && names.get(last).equals(name)) {
        counts.set(last, counts.get(last) + 1);
      } else if (!isLeftOut(layer)) {
        names.add(name);
        counts.add(1);
      }
    }
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_LAYERS, names.size()); i++) {
      shown.add((counts.get(i) > 1 ? counts.get(i) + " x " : "") + names.get(i));
    }
    int more = counts.stream().skip(MOST_LAYERS).mapToInt(Integer::intValue).sum();
    return String.join(", ", shown) + (more > 0 ? " and " + more + " more layers" : "");
  }

  /** Returns all layers: "dense 64 relu, dropout 0.5, dense 10 softmax". */
  static String all(List<?> layers) {
    return layers.stream().map(NetworkLine::layer).collect(Collectors.joining(", "));
  }

  private static boolean isLeftOut(Object layer) {
    return layer instanceof Map<?, ?> settings
        && settings.keySet().stream().anyMatch(LEFT_OUT::contains);
  }

  private static String layer(Object layer) {
    if (!(layer instanceof Map<?, ?> settings)) {
      return String.valueOf(layer);
    }
    return settings.entrySet().stream()
        .sorted((a, b) -> Boolean.compare(isActivation(a), isActivation(b)))
        .map(
            entry ->
                isActivation(entry)
                    ? entry.getValue()
                    : entry.getKey() + " " + shortened(entry.getValue()))
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  // The edges of bins are many numbers.
  private static Object shortened(Object value) {
    return ShortLists.of(ConfigValueFactory.fromAnyRef(value)).unwrapped();
  }

  private static boolean isActivation(Map.Entry<?, ?> setting) {
    return "activation".equals(setting.getKey());
  }
}
