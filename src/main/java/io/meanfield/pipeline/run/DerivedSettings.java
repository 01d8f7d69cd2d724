package io.meanfield.pipeline.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.Dataset;
import io.meanfield.error.UserException;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds to settings what a data set determines: the last layer and the loss, the first layers, which
 * embed and encode columns, and the input of the network.
 *
 * @param network that the given settings describe
 */
record DerivedSettings(NetworkSettings network, Dataset data) {
  static final String LAYERS = "network.layers";
  static final String HIDDEN_LAYERS = "network.hidden-layers";
  static final String LOSS = "network.loss";

  /**
   * Returns the settings with what they do not set.
   *
   * @throws UserException if the layers accept no shape, or are for other columns
   */
  Config complete(Config given) {
    return withInput(withEncodings(given.hasPath(LAYERS) ? given : withOutputs(given)));
  }

  private Config withOutputs(Config given) {
    DerivedOutputs outputs =
        DerivedOutputs.of(
            data, given.hasPath(LOSS) ? Optional.of(network.loss()) : Optional.empty());
    List<Object> layers = new ArrayList<>(given.getList(HIDDEN_LAYERS).unwrapped());
    layers.add(outputs.layer());
    return given
        .withValue(
            LAYERS, ConfigValueFactory.fromIterable(layers, "derived from " + data.display()))
        .withValue(LOSS, ConfigValueFactory.fromAnyRef(outputs.lossName()));
  }

  private Config withEncodings(Config given) {
    List<Layer> added = EncodingLayers.of(data);
    List<Layer> first = network.layers().stream().limit(added.size()).toList();
    return added.equals(first)
        ? given
        : given.withValue(LAYERS, EncodingLayers.before(given.getList(LAYERS), added, data));
  }

  private Config withInput(Config given) {
    if (network.isInputKnown()) {
      return given;
    }
    List<List<Integer>> shapes = shapes();
    List<Integer> input =
        network.layers().isEmpty()
            ? shapes.get(0)
            : shapes.stream().filter(network::accepts).findFirst().orElse(shapes.get(0));
    return given.withValue(
        "network.input", ConfigValueFactory.fromIterable(input, "inferred from " + data.display()));
  }

  /**
   * Returns the shapes in which a network can take the examples, in the order of preference: a row
   * of numbers and, of images, [height, width, 1] and [height, width]. An image whose height is not
   * known counts as square if it can be.
   */
  private List<List<Integer>> shapes() {
    List<List<Integer>> shapes = new ArrayList<>();
    shapes.add(List.of(data.width()));
    if (data.hasImages()) {
      Shape.of(data.shape())
          .image()
          .ifPresent(
              image -> {
                shapes.add(image.dimensions());
                shapes.add(List.of(image.height(), image.width()));
              });
    }
    return shapes;
  }
}
