package io.meanfield.engine.dl4j;

import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * Converts a network that embeds columns to a DL4J graph, which has an EmbeddingLayer for each
 * column. The graph has an input {@value #NUMBERS} [examples, numbers], unless there are none, and
 * an input "index0", "index1" and so on [examples, 1] for each column: DL4J cannot train an
 * EmbeddingLayer after a vertex that takes indices out of a row. {@link Dl4jNetwork#configuration}
 * names the differences from {@code network}.
 */
final class Dl4jGraph {
  private static final String NUMBERS = "numbers";

  private final NetworkSettings network;
  private final GraphBuilder graph;

  private Dl4jGraph(NetworkSettings network) {
    this.network = network;
    this.graph = Dl4jNetwork.builder(network).graphBuilder();
  }

  /** Returns a graph that plain DL4J can build, restore and train. */
  static ComputationGraphConfiguration configuration(NetworkSettings network) {
    return new Dl4jGraph(network).build();
  }

  private ComputationGraphConfiguration build() {
    String last = addColumns(network.columnEmbeddings().orElseThrow());
    List<Shape> shapes = network.shapes();
    for (int i = 1; i < network.layers().size(); i++) {
      // A row has nothing to flatten, so that layer has no counterpart.
      Optional<Layer> layer = Dl4jLayers.layer(network, i, shapes.get(i));
      if (layer.isPresent()) {
        String name = "layer" + i;
        graph.addLayer(name, sized(layer.get(), shapes.get(i).count()), last);
        last = name;
      }
    }
    return graph.setOutputs(last).build();
  }

  /** Adds the embeddings; returns the name of the vertex that joins them with the numbers. */
  private String addColumns(ColumnEmbeddings columns) {
    int numbers = network.inputs() - columns.columns();
    List<String> parts = new ArrayList<>();
    if (numbers > 0) {
      graph.addInputs(NUMBERS);
      parts.add(NUMBERS);
    }
    for (int i = 0; i < columns.columns(); i++) {
      String index = "index" + i;
      String name = "embedding" + i;
      graph.addInputs(index);
      graph.addLayer(name, embedding(columns.categories().get(i), columns.units().get(i)), index);
      parts.add(name);
    }
    graph.addVertex("columns", new MergeVertex(), parts.toArray(String[]::new));
    return "columns";
  }

  private Layer embedding(int categories, int units) {
    EmbeddingLayer.Builder builder =
        new EmbeddingLayer.Builder()
            .nIn(categories)
            .nOut(units)
            .activation(new ActivationIdentity());
    Dl4jLayers.regularise(0, network, builder);
    return builder.build();
  }

  // A graph infers this number only from input types, with which it would resize the embeddings.
  private static Layer sized(Layer layer, int inputs) {
    if (layer instanceof BatchNormalization normalization) {
      normalization.setNIn(inputs);
      normalization.setNOut(inputs);
    }
    return layer;
  }
}
