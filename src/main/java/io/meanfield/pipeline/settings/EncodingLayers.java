package io.meanfield.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.Dataset;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.PiecewiseLinear;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The first layers of a network on a table, which embed columns of categories and encode numbers in
 * bins; settings do not name them.
 */
public final class EncodingLayers {
  private static final String LAYERS = "network.layers";
  private static final Set<String> KEYS = Set.of(ColumnEmbeddings.KEY, PiecewiseLinear.KEY);

  private EncodingLayers() {}

  /** Returns the layers for the encoder of a data set. */
  static List<Layer> of(Dataset data) {
    List<Layer> layers = new ArrayList<>();
    data.encoder()
        .ifPresent(
            encoder -> {
              addEmbeddings(encoder, layers);
              addBins(encoder, layers);
            });
    return layers;
  }

  private static void addEmbeddings(TableEncoder encoder, List<Layer> layers) {
    List<EmbeddedColumn> columns = encoder.embedded();
    if (!columns.isEmpty()) {
      layers.add(
          new ColumnEmbeddings(
              columns.stream().map(EmbeddedColumn::size).toList(),
              columns.stream().map(EmbeddedColumn::categories).toList(),
              columns.stream().map(EmbeddedColumn::words).toList(),
              IntStream.range(0, columns.size())
                  .filter(i -> columns.get(i).isWeighted())
                  .boxed()
                  .toList()));
    }
  }

  private static void addBins(TableEncoder encoder, List<Layer> layers) {
    List<List<Double>> edges = new ArrayList<>();
    for (FeatureColumn column : encoder.columns()) {
      edges.add(column.edges());
      for (int input = 1; input < column.inputs(); input++) {
        edges.add(List.of());
      }
    }
    // A column of arrays has more inputs than its encoder knows.
    boolean areInputsKnown = encoder.columns().stream().noneMatch(FeatureColumn::isPlain);
    if (areInputsKnown && !edges.stream().allMatch(List::isEmpty)) {
      layers.add(new PiecewiseLinear(edges));
    }
  }

  /**
   * Returns the layers of a network with those for a data set before them.
   *
   * @param layers the value of {@code network.layers}
   * @throws UserException if the first of them are for other data
   */
  static ConfigList before(ConfigList layers, List<Layer> added, Dataset data) {
    if (isEncoding(layers.get(0).unwrapped())) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "network.layers[0] must be %s for the columns of %s, found %s; leave it out, because the"
              + " data determine it",
          added.stream().map(Layer::display).collect(Collectors.joining(" and ")),
          data.display(),
          layers.get(0).unwrapped());
    }
    List<Object> all = new ArrayList<>();
    added.forEach(layer -> all.add(layer.toSettings()));
    all.addAll(layers.unwrapped());
    return ConfigValueFactory.fromIterable(all, "columns of " + data.display());
  }

  /** Returns the settings without such layers, which a run records with its settings. */
  public static Config without(Config settings) {
    return settings.hasPath(LAYERS)
        ? settings.withValue(
            LAYERS,
            ConfigValueFactory.fromIterable(
                settings.getList(LAYERS).unwrapped().stream()
                    .dropWhile(EncodingLayers::isEncoding)
                    .toList()))
        : settings;
  }

  private static boolean isEncoding(Object layer) {
    return layer instanceof Map<?, ?> options && options.keySet().stream().anyMatch(KEYS::contains);
  }
}
