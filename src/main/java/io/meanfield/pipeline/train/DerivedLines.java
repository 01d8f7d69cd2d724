package io.meanfield.pipeline.train;

import io.meanfield.data.column.ColumnUse;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.TargetScale;
import io.meanfield.network.layers.Layer;
import io.meanfield.pipeline.run.ColumnsTable;
import io.meanfield.pipeline.settings.DerivedSettings;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The lines about what a training derives from its data, for a person. */
final class DerivedLines {
  private static final int MOST_TARGETS = 5;

  private DerivedLines() {}

  /**
   * Returns the lines.
   *
   * @param given the settings before the data were open
   * @param columns the use of each column of a table
   * @param scale in which the network learns its targets
   */
  static List<String> of(
      JobSettings given, DerivedSettings derived, List<ColumnUse> columns, TargetScale scale) {
    List<String> lines = new ArrayList<>(ColumnsTable.lines(columns));
    if (!given.isNetworkKnown()) {
      lines.add("network  " + network(derived.settings().network()));
    }
    given.presetNote().ifPresent(note -> lines.add("note     " + note));
    Map<String, Integer> sizes = new TreeMap<>(derived.sizes());
    sizes.values().remove(0); // no early stopping, as without the setting
    if (!sizes.isEmpty()) {
      lines.add("auto     " + sizes(sizes));
    }
    if (!scale.isNone()) {
      lines.add("targets  " + targets(scale, given.targets()));
    }
    return lines;
  }

  private static String network(NetworkSettings network) {
    return network.layers().stream()
        .map(Layer::display)
        .collect(
            Collectors.joining(" }, { ", "layers = [ { ", " } ], loss = " + network.loss().id()));
  }

  private static String sizes(Map<String, Integer> sizes) {
    return sizes.entrySet().stream()
        .map(size -> size.getKey() + " = " + size.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String targets(TargetScale scale, List<String> names) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_TARGETS, names.size()); i++) {
      shown.add(
          String.format(
              Locale.ROOT,
              "%s: mean %.6g, deviation %.6g",
              names.get(i),
              scale.means().get(i),
              scale.deviations().get(i)));
    }
    if (names.size() > MOST_TARGETS) {
      shown.add("and " + (names.size() - MOST_TARGETS) + " more");
    }
    return String.join("; ", shown) + "; losses are of scaled targets";
  }
}
