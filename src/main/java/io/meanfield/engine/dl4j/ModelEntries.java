package io.meanfield.engine.dl4j;

import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.Threshold;
import io.meanfield.store.ZipReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the entries of a model file, in any order, in two passes: first the texts that describe the
 * network, then the arrays, whose sizes follow from the network.
 */
final class ModelEntries {
  private static final List<String> ENTRIES =
      List.of(ModelFile.CONFIGURATION, ModelFile.WEIGHTS, ModelFile.OPTIMIZER, ModelFile.NETWORK);
  // More than there are names, so that a wrong name is reported first.
  private static final int MAX_ENTRIES = 16;
  private static final int MAX_TEXT = 16 << 20;
  private static final long MAX_ARRAY =
      ArrayFormat.MAX_HEADER + (long) Float.BYTES * Integer.MAX_VALUE;

  private final ModelFile.Source source;
  private final String name;

  ModelEntries(ModelFile.Source source, String name) {
    this.source = source;
    this.name = name;
  }

  /** Returns the model, on the reference engine. */
  Model read() throws IOException {
    Map<String, byte[]> texts = texts();
    Dl4jConfiguration configuration = configuration(texts);
    NetworkSettings network = configuration.network();
    Threshold threshold = threshold(texts, network);
    Map<String, float[]> arrays = arrays(sizes(network));
    return new Model(
        new EngineNetwork(network, Engine.DL4J),
        new LearnerState(
            arrays.get(ModelFile.WEIGHTS),
            arrays.getOrDefault(ModelFile.OPTIMIZER, new float[0]),
            configuration.iterationCount(),
            configuration.epochCount()),
        threshold);
  }

  /** Reads the texts; reads the arrays to their ends only where a text may follow them. */
  private Map<String, byte[]> texts() throws IOException {
    Map<String, byte[]> texts = new HashMap<>();
    try (InputStream in = source.open()) {
      ZipReader zip = new ZipReader(in, MAX_ENTRIES);
      for (Optional<String> entry = zip.next(); entry.isPresent(); entry = zip.next()) {
        requireKnown(entry.get());
        if (isText(entry.get())) {
          texts.put(entry.get(), zip.bytes(MAX_TEXT));
        } else if (texts.size() == 2) {
          return texts;
        } else {
          zip.skip(MAX_ARRAY);
        }
      }
      requireModel(texts.containsKey(ModelFile.CONFIGURATION), zip.names());
      return texts;
    }
  }

  private static boolean isText(String entry) {
    return entry.equals(ModelFile.CONFIGURATION) || entry.equals(ModelFile.NETWORK);
  }

  private void requireKnown(String entry) {
    if (!ENTRIES.contains(entry)) {
      throw UnusableModel.because(
          name
              + " has an entry "
              + Printable.quoted(entry)
              + ", expected only "
              + String.join(", ", ENTRIES)
              + "; save the model without a normalizer, preprocessor and other objects",
          null);
    }
  }

  private void requireModel(boolean complete, Collection<String> entries) {
    if (!complete) {
      throw UnusableModel.because(
          name
              + " is not a model: expected a zip with "
              + ModelFile.CONFIGURATION
              + " and "
              + ModelFile.WEIGHTS
              + ", found "
              + entries.stream().map(Printable::text).toList(),
          null);
    }
  }

  private Dl4jConfiguration configuration(Map<String, byte[]> texts) {
    byte[] json = texts.get(ModelFile.CONFIGURATION);
    String file = name + ", " + ModelFile.CONFIGURATION;
    return texts.containsKey(ModelFile.NETWORK)
        ? Dl4jConfiguration.read(
            NetworkJson.parse(texts.get(ModelFile.NETWORK), networkFile()), json, file)
        : Dl4jConfiguration.read(json, name, file);
  }

  private String networkFile() {
    return name + ", " + ModelFile.NETWORK;
  }

  private Threshold threshold(Map<String, byte[]> texts, NetworkSettings network) {
    if (!texts.containsKey(ModelFile.NETWORK)) {
      return Threshold.DEFAULT; // DL4J has written the file
    }
    Threshold threshold = NetworkJson.threshold(texts.get(ModelFile.NETWORK), networkFile());
    if (threshold.isSet() && network.outputs() > 2) {
      throw UnusableModel.unreadable(
          name
              + " has a threshold in "
              + ModelFile.NETWORK
              + ", expected none for a network with "
              + network.outputs()
              + " outputs",
          null);
    }
    return threshold;
  }

  /** Returns how many numbers the network has in each array. */
  private Map<String, Integer> sizes(NetworkSettings network) {
    try {
      ParameterLayout layout = ParameterLayout.of(network);
      int state = new OptimizerLayout(layout, network.optimizer().statePerWeight()).size();
      requireMemory(layout.size() + (long) state);
      return Map.of(ModelFile.WEIGHTS, layout.size(), ModelFile.OPTIMIZER, state);
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw UnusableModel.because(
          name
              + " describes a network without a size: expected a known input, layers that can"
              + " follow each other and at most "
              + Integer.MAX_VALUE
              + " weights",
          e);
    }
  }

  private void requireMemory(long numbers) {
    long heap = Runtime.getRuntime().maxMemory();
    if (Float.BYTES * numbers > heap) {
      throw UnusableModel.because(
          name
              + " describes a network with "
              + numbers
              + " weights and numbers of its optimizer, "
              + ((Float.BYTES * numbers) >> 20)
              + " MiB, expected at most the "
              + (heap >> 20)
              + " MiB of the Java heap; give the driver more memory",
          null);
    }
  }

  private Map<String, float[]> arrays(Map<String, Integer> sizes) throws IOException {
    Map<String, float[]> arrays = new HashMap<>();
    try (InputStream in = source.open()) {
      ZipReader zip = new ZipReader(in, MAX_ENTRIES);
      for (Optional<String> entry = zip.next(); entry.isPresent(); entry = zip.next()) {
        requireKnown(entry.get());
        if (isText(entry.get())) {
          zip.skip(MAX_TEXT);
        } else {
          arrays.put(entry.get(), array(zip, entry.get(), sizes.get(entry.get())));
        }
      }
      requireModel(arrays.containsKey(ModelFile.WEIGHTS), zip.names());
      return arrays;
    }
  }

  private float[] array(ZipReader zip, String entry, int size) throws IOException {
    try {
      return ArrayFormat.read(zip.content(), size);
    } catch (ArrayFormat.Unreadable e) {
      throw unreadable(entry, e);
    }
  }

  private UserException unreadable(String entry, ArrayFormat.Unreadable e) {
    return new UserException(e.code(), name + ": " + entry + " " + e.getMessage(), e);
  }
}
