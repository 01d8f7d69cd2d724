package io.meanfield.engine.dl4j;

import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Intervals;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.OutputBounds;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.Threshold;
import io.meanfield.store.file.ZipReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the entries of a model file, in any order, in two passes: first the description of the
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

  private final FileSource source;
  private final String name;

  ModelEntries(FileSource source, String name) {
    this.source = source;
    this.name = name;
  }

  /** A model on the reference engine, and what it was trained on. */
  record Content(Model model, NetworkJson.Inputs inputs) {}

  Content read() throws IOException {
    byte[] json = network();
    String file = name + ", " + ModelFile.NETWORK;
    NetworkSettings network = NetworkJson.parse(json, file);
    NetworkJson.Counters counters = NetworkJson.counters(json, file);
    Threshold threshold = threshold(NetworkJson.threshold(json, file), network);
    Map<String, float[]> arrays = arrays(sizes(network));
    Model model =
        new Model(
            new EngineNetwork(network, Engine.DL4J)
                .within(bounds(json, file, network))
                .with(intervals(json, file, network)),
            new LearnerState(
                arrays.get(ModelFile.WEIGHTS),
                arrays.getOrDefault(ModelFile.OPTIMIZER, new float[0]),
                counters.iteration(),
                counters.epoch()),
            threshold);
    return new Content(model, NetworkJson.inputs(json, file));
  }

  /** Reads the description of the network. */
  private byte[] network() throws IOException {
    try (InputStream in = source.open()) {
      ZipReader zip = new ZipReader(in, MAX_ENTRIES);
      for (Optional<String> entry = zip.next(); entry.isPresent(); entry = zip.next()) {
        requireKnown(entry.get());
        if (entry.get().equals(ModelFile.NETWORK)) {
          return zip.bytes(MAX_TEXT);
        }
        zip.skip(isText(entry.get()) ? MAX_TEXT : MAX_ARRAY);
      }
      throw noModel(zip.names());
    }
  }

  private static boolean isText(String entry) {
    return entry.equals(ModelFile.CONFIGURATION) || entry.equals(ModelFile.NETWORK);
  }

  private void requireKnown(String entry) {
    if (!ENTRIES.contains(entry)) {
      throw UnusableModel.because(
          "%s has an entry %s, expected only %s; save the model without a normalizer, preprocessor"
              + " and other objects",
          name, Printable.quoted(entry), String.join(", ", ENTRIES));
    }
  }

  private UserException noModel(Collection<String> entries) {
    return UnusableModel.because(
        "%s is not a model of Meanfield: expected a zip with %s and %s, found %s; of a model that"
            + " another program trained, write the network in a job file and import the weights"
            + " with train --from WEIGHTS.npz",
        name, ModelFile.NETWORK, ModelFile.WEIGHTS, entries.stream().map(Printable::text).toList());
  }

  private static OutputBounds bounds(byte[] json, String file, NetworkSettings network) {
    OutputBounds bounds = NetworkJson.bounds(json, file);
    if (!bounds.areNone() && bounds.outputs().size() != network.outputs()) {
      throw UnusableModel.unreadable(
          "%s has bounds of %s outputs, expected %s",
          file, bounds.outputs().size(), network.outputs());
    }
    return bounds;
  }

  private static Intervals intervals(byte[] json, String file, NetworkSettings network) {
    Intervals intervals = NetworkJson.intervals(json, file);
    int numbers = intervals.scales().size();
    if (numbers > 0 && numbers != network.outputs()) {
      throw UnusableModel.unreadable(
          "%s has intervals of %s outputs, expected %s", file, numbers, network.outputs());
    }
    return intervals;
  }

  private Threshold threshold(Threshold threshold, NetworkSettings network) {
    if (threshold.isSet() && network.outputs() > 2) {
      throw UnusableModel.unreadable(
          "%s has a threshold in %s, expected none for a network with %s outputs",
          name, ModelFile.NETWORK, network.outputs());
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
          e,
          "%s describes a network without a size: expected a known input, layers that can follow"
              + " each other and at most %s weights",
          name,
          Integer.MAX_VALUE);
    }
  }

  private void requireMemory(long numbers) {
    long heap = Runtime.getRuntime().maxMemory();
    if (Float.BYTES * numbers > heap) {
      throw UnusableModel.because(
          "%s describes a network with %s weights and numbers of its optimizer, %s MiB, expected at"
              + " most the %s MiB of the Java heap; give the driver more memory",
          name, numbers, (Float.BYTES * numbers) >> 20, heap >> 20);
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
      if (!arrays.containsKey(ModelFile.WEIGHTS)) {
        throw noModel(zip.names());
      }
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
    return UserException.causedBy(e, e.code(), "%s: %s %s", name, entry, e.getMessage());
  }
}
