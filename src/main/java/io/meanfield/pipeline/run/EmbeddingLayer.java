package io.meanfield.pipeline.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.Dataset;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.layers.ColumnEmbeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first layer of a network on a table with embedded columns; settings do not name it. */
public final class EmbeddingLayer {
  private static final String LAYERS = "network.layers";

  private EmbeddingLayer() {}

  /** Returns the layer for the encoder of a data set; empty if it embeds no column. */
  static Optional<ColumnEmbeddings> of(Dataset data) {
    return data.encoder()
        .map(TableEncoder::embedded)
        .filter(columns -> !columns.isEmpty())
        .map(
            columns ->
                new ColumnEmbeddings(
                    columns.stream().map(EmbeddedColumn::size).toList(),
                    columns.stream().map(EmbeddedColumn::categories).toList()));
  }

  /**
   * Returns the layers of a network with the layer for a data set before them.
   *
   * @param layers the value of {@code network.layers}
   * @throws UserException if the first of them embeds other columns
   */
  static ConfigList before(ConfigList layers, ColumnEmbeddings layer, Dataset data) {
    List<Object> all = new ArrayList<>(layers.unwrapped());
    if (isEmbedding(all.get(0))) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "network.layers[0] must be "
              + layer.display()
              + " for the columns of "
              + data.display()
              + ", found "
              + all.get(0)
              + "; leave it out, because the data determine it");
    }
    all.add(0, layer.toSettings());
    return ConfigValueFactory.fromIterable(all, "embedded columns of " + data.display());
  }

  /** Returns the settings without such a layer, which a run records with its settings. */
  public static Config without(Config settings) {
    if (!settings.hasPath(LAYERS)) {
      return settings;
    }
    List<Object> layers = new ArrayList<>(settings.getList(LAYERS).unwrapped());
    if (layers.isEmpty() || !isEmbedding(layers.get(0))) {
      return settings;
    }
    return settings.withValue(
        LAYERS, ConfigValueFactory.fromIterable(layers.subList(1, layers.size())));
  }

  private static boolean isEmbedding(Object layer) {
    return layer instanceof Map<?, ?> options && options.containsKey(ColumnEmbeddings.KEY);
  }
}
