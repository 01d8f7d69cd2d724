package io.meanfield.engine.dl4j;

import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * What Meanfield reads of the DL4J configuration in a model file. It is a {@link
 * ComputationGraphConfiguration} if the first layer embeds columns, else a {@link
 * MultiLayerConfiguration}.
 */
record Dl4jConfiguration(NetworkSettings network, int iterationCount, int epochCount) {
  /** The entry of a model file that holds it. */
  static final String ENTRY = "configuration.json";

  /** Returns the configuration of a network as JSON, with the iteration and epoch of a state. */
  static String json(NetworkSettings network, LearnerState state) {
    if (network.columnEmbeddings().isPresent()) {
      ComputationGraphConfiguration graph = Dl4jGraph.configuration(network);
      graph.setIterationCount(state.iteration());
      graph.setEpochCount(state.epoch());
      return graph.toJson();
    }
    MultiLayerConfiguration layers = Dl4jNetwork.configuration(network);
    layers.setIterationCount(state.iteration());
    layers.setEpochCount(state.epoch());
    return layers.toJson();
  }

  /**
   * Reads the configuration of a known network.
   *
   * @param name of the file that holds the configuration, for error messages
   * @throws io.meanfield.error.UserException if DL4J cannot read it
   */
  static Dl4jConfiguration read(NetworkSettings network, String json, String name) {
    if (network.columnEmbeddings().isPresent()) {
      ComputationGraphConfiguration graph =
          parse(json, ComputationGraphConfiguration::fromJson, name);
      return new Dl4jConfiguration(network, graph.getIterationCount(), graph.getEpochCount());
    }
    return of(network, parse(json, MultiLayerConfiguration::fromJson, name));
  }

  /**
   * Reads a configuration that DL4J wrote, and the network out of it.
   *
   * @param name as above
   * @throws io.meanfield.error.UserException if DL4J cannot read it, or Meanfield does not support
   *     the network
   */
  static Dl4jConfiguration read(String json, String name) {
    MultiLayerConfiguration layers = parse(json, MultiLayerConfiguration::fromJson, name);
    return of(Dl4jConfigReader.read(layers, name), layers);
  }

  private static Dl4jConfiguration of(NetworkSettings network, MultiLayerConfiguration layers) {
    return new Dl4jConfiguration(network, layers.getIterationCount(), layers.getEpochCount());
  }

  private static <T> T parse(String json, Function<String, T> reader, String name) {
    try {
      return reader.apply(json);
    } catch (RuntimeException e) {
      throw UnusableModel.because(
          "DL4J cannot read " + ENTRY + " in " + name + ": " + e.getMessage(), e);
    }
  }
}
