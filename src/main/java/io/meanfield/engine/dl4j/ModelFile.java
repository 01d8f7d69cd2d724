package io.meanfield.engine.dl4j;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.UndatedZip;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model in DL4J's zip format, which DL4J's ModelSerializer can read. Only entries that hold
 * numbers and text are read; the other entries of the format are Java objects, which are never
 * deserialised.
 */
public final class ModelFile {
  private static final String CONFIGURATION = "configuration.json";
  private static final String WEIGHTS = "coefficients.bin";
  private static final String OPTIMIZER = "updaterState.bin";
  // The network as Meanfield's settings; DL4J ignores this entry. DL4J's configuration lacks the
  // size of images, the length of sequences and some of the optimizers.
  private static final String NETWORK = "meanfield.json";
  private static final Set<String> KNOWN = Set.of(CONFIGURATION, WEIGHTS, OPTIMIZER, NETWORK);
  private static final int MAX_CONFIGURATION_BYTES = 16 << 20;

  private ModelFile() {}

  /** Writes a model; equal models give equal bytes. */
  public static void write(Model model, OutputStream out) throws IOException {
    NativeThreads.useSingle();
    NetworkSettings network = model.network().network();
    LearnerState state = model.state();
    MultiLayerConfiguration configuration = Dl4jNetwork.configuration(network);
    configuration.setIterationCount(state.iteration());
    configuration.setEpochCount(state.epoch());
    ZipOutputStream zip = new ZipOutputStream(out);
    put(zip, CONFIGURATION, text(configuration.toJson()));
    put(zip, NETWORK, text(NetworkJson.write(network)));
    put(zip, WEIGHTS, numbers(state.weights()));
    if (state.optimizerState().length > 0) {
      put(zip, OPTIMIZER, numbers(state.optimizerState()));
    }
    zip.finish();
  }

  /** Writes the content of an entry. */
  private interface EntryWriter {
    void to(OutputStream out) throws IOException;
  }

  private static void put(ZipOutputStream zip, String name, EntryWriter content)
      throws IOException {
    ZipEntry entry = UndatedZip.entry(name);
    zip.putNextEntry(entry);
    content.to(zip);
    zip.closeEntry();
  }

  private static EntryWriter text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static EntryWriter numbers(float[] values) {
    return out -> {
      DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
      Nd4j.write(Nd4j.createFromArray(values).reshape(1, values.length), data);
      data.flush();
    };
  }

  /**
   * Reads a model that this class has written, or DL4J if its layers are dense layers and
   * autoencoders. The model is on the reference engine. A learner of {@link Model#network} that
   * restores {@link Model#state} continues the training, with the schedule at the iteration of the
   * state. {@code Model.untrained(settings, seed).with(read(hadoop, path).state())} continues it
   * with other settings that have the same weight shapes and optimizer.
   *
   * <p>Plain DL4J reads the same file with {@code ModelSerializer.restoreMultiLayerNetwork(file,
   * true)}, where {@code true} restores the optimizer's state; {@code fit} then continues the
   * training from the stored iteration and epoch. There an example has the shape {@link
   * NetworkSettings#exampleShape}, but with channels before height and width, and features before
   * steps. The learning rate is the optimizer's rate without the schedule; {@link
   * Dl4jNetwork#configuration} names the other differences.
   *
   * @throws UserException if the file does not exist, cannot be read or is not a model that
   *     Meanfield can run
   */
  public static Model read(Configuration hadoop, Path path) {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return read(in, HadoopPaths.display(path));
    } catch (FileNotFoundException e) {
      throw unusable("there is no model in " + HadoopPaths.display(path), e);
    } catch (IOException e) {
      throw unusable(
          "cannot read the model " + HadoopPaths.display(path) + ": " + e.getMessage(), e);
    }
  }

  private static Model read(InputStream in, String name) throws IOException {
    NativeThreads.useSingle();
    Map<String, byte[]> entries = entries(in, name);
    if (!entries.containsKey(CONFIGURATION) || !entries.containsKey(WEIGHTS)) {
      throw unusable(
          name
              + " is not a model: expected a zip with "
              + CONFIGURATION
              + " and "
              + WEIGHTS
              + ", found "
              + entries.keySet(),
          null);
    }
    MultiLayerConfiguration configuration = configuration(text(entries, CONFIGURATION), name);
    NetworkSettings network =
        entries.containsKey(NETWORK)
            ? NetworkJson.parse(text(entries, NETWORK), name + ", " + NETWORK)
            : Dl4jConfigReader.read(configuration, name);
    float[] weights = floats(entries.get(WEIGHTS));
    requireSize(name, WEIGHTS, weights.length, ParameterLayout.of(network).size());
    float[] optimizer =
        entries.containsKey(OPTIMIZER) ? floats(entries.get(OPTIMIZER)) : new float[0];
    return new Model(
        new EngineNetwork(network, Engine.DL4J),
        new LearnerState(
            weights, optimizer, configuration.getIterationCount(), configuration.getEpochCount()));
  }

  private static void requireSize(String name, String entry, int found, int expected) {
    if (found != expected) {
      throw unusable(
          name
              + " has "
              + found
              + " numbers in "
              + entry
              + ", expected "
              + expected
              + " for the network that it describes",
          null);
    }
  }

  private static String text(Map<String, byte[]> entries, String entry) {
    return new String(entries.get(entry), StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> entries(InputStream in, String name) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!KNOWN.contains(entry.getName())) {
        throw unusable(
            name
                + " has an entry \""
                + entry.getName()
                + "\", expected only "
                + CONFIGURATION
                + ", "
                + WEIGHTS
                + " and "
                + OPTIMIZER
                + "; Java objects in model files are not read, save it without a normalizer",
            null);
      }
      entries.put(entry.getName(), zip.readNBytes(limit(entry.getName())));
      if (zip.read() >= 0) {
        throw unusable(name + " has an entry " + entry.getName() + " that is too large", null);
      }
    }
    return entries;
  }

  private static int limit(String entry) {
    return entry.equals(CONFIGURATION) || entry.equals(NETWORK)
        ? MAX_CONFIGURATION_BYTES
        : Integer.MAX_VALUE - 8;
  }

  private static MultiLayerConfiguration configuration(String json, String name) {
    try {
      return MultiLayerConfiguration.fromJson(json);
    } catch (RuntimeException e) {
      throw unusable(name + " holds a configuration that DL4J cannot read: " + e.getMessage(), e);
    }
  }

  private static float[] floats(byte[] entry) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry))) {
      return NativeFloats.read(Nd4j.read(in));
    }
  }

  static UserException unusable(String message, Throwable cause) {
    return new UserException(ErrorCode.MODEL_UNUSABLE, message, cause);
  }
}
