package io.meanfield.pipeline.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The layers of a network in a line, as the settings list them. */
final class Layers {
  private Layers() {}

  /** Returns text such as "dense 64 relu, dense 10 softmax". */
  static String text(List<?> layers) {
    return layers.stream().map(Layers::layer).collect(Collectors.joining(", "));
  }

  private static String layer(Object layer) {
    if (!(layer instanceof Map<?, ?> settings)) {
      return String.valueOf(layer);
    }
    return settings.entrySet().stream()
        .sorted((a, b) -> Boolean.compare(isActivation(a), isActivation(b)))
        .map(
            entry ->
                isActivation(entry) ? entry.getValue() : entry.getKey() + " " + entry.getValue())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private static boolean isActivation(Map.Entry<?, ?> setting) {
    return "activation".equals(setting.getKey());
  }
}
