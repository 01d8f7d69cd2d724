package io.meanfield.engine.dl4j;

import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * What Meanfield reads of the DL4J configuration in a model file. It is a {@link
 * ComputationGraphConfiguration} if the first layer embeds columns, else a {@link
 * MultiLayerConfiguration}.
 */
record Dl4jConfiguration(NetworkSettings network, int iterationCount, int epochCount) {
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
   * @param file the name of the configuration, for error messages
   * @throws io.meanfield.error.UserException if it is not the JSON of a configuration
   */
  static Dl4jConfiguration read(NetworkSettings network, byte[] json, String file) {
    return of(network, ConfigurationJson.parse(json, file));
  }

  /**
   * Reads a configuration that DL4J wrote, and the network out of it.
   *
   * @param name of the file that holds the configuration, for error messages
   * @param file as above
   * @throws io.meanfield.error.UserException if it is not the JSON of a configuration, or if
   *     Meanfield does not support the network
   */
  static Dl4jConfiguration read(byte[] json, String name, String file) {
    ConfigurationObject configuration = ConfigurationJson.parse(json, file);
    return of(Dl4jConfigReader.read(configuration, name, file), configuration);
  }

  private static Dl4jConfiguration of(NetworkSettings network, ConfigurationObject configuration) {
    return new Dl4jConfiguration(
        network,
        configuration.integer("iterationCount", 0),
        configuration.integer("epochCount", 0));
  }
}
