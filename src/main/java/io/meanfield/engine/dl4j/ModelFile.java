package io.meanfield.engine.dl4j;

import io.meanfield.error.UserException;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.Threshold;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model in DL4J's zip format, which DL4J's ModelSerializer can read. Reads entries that hold
 * numbers and text; rejects a file with other entries, because DL4J reads some of them by Java
 * deserialisation.
 */
public final class ModelFile {
  private static final String CONFIGURATION = Dl4jConfiguration.ENTRY;
  private static final String WEIGHTS = "coefficients.bin";
  private static final String OPTIMIZER = "updaterState.bin";
  // The network as Meanfield's settings; DL4J ignores this entry. DL4J's configuration lacks the
  // size of images, the length of sequences, schedules and some of the optimizers.
  private static final String NETWORK = "meanfield.json";
  private static final List<String> ENTRIES = List.of(CONFIGURATION, WEIGHTS, OPTIMIZER, NETWORK);
  private static final int MAX_CONFIGURATION_BYTES = 16 << 20;

  private ModelFile() {}

  /** Writes a model and leaves {@code out} open; equal models give equal bytes. */
  public static void write(Model model, OutputStream out) throws IOException {
    NativeThreads.useSingle();
    NetworkSettings network = model.network().network();
    LearnerState state = model.state();
    ZipOutputStream zip = new ZipOutputStream(out);
    put(zip, CONFIGURATION, textWriter(Dl4jConfiguration.json(network, state)));
    put(zip, NETWORK, textWriter(NetworkJson.write(network, model.threshold())));
    put(zip, WEIGHTS, arrayWriter(state.weights()));
    if (state.optimizerState().length > 0) {
      put(zip, OPTIMIZER, arrayWriter(state.optimizerState()));
    }
    zip.finish();
  }

  /** Writes the content of an entry. */
  private interface EntryWriter {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void put(ZipOutputStream zip, String name, EntryWriter content)
      throws IOException {
    zip.putNextEntry(UndatedZip.entry(name));
    content.writeTo(zip);
    zip.closeEntry();
  }

  private static EntryWriter textWriter(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static EntryWriter arrayWriter(float[] values) {
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
   * true)}, or {@code restoreComputationGraph} if the first layer embeds columns. There {@code
   * true} restores the optimizer's state; {@code fit} then continues the training from the stored
   * iteration and epoch. There an example has the shape {@link NetworkSettings#exampleShape}, but
   * with channels before height and width, and features before steps. The learning rate is the
   * optimizer's rate without the schedule; {@link Dl4jNetwork#configuration} names the other
   * differences.
   *
   * @throws UserException if the file does not exist, cannot be read or is not a model that
   *     Meanfield can run
   */
  public static Model read(Configuration hadoop, Path path) {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return read(in, HadoopPaths.display(path));
    } catch (FileNotFoundException e) {
      throw UnusableModel.because(
          "expected a model.zip at "
              + HadoopPaths.display(path)
              + ", found no file; check the path, and that its run has ended",
          e);
    } catch (IOException e) {
      throw UnusableModel.because(
          "cannot read the model " + HadoopPaths.display(path) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a model as {@link #read(Configuration, Path)} does, and leaves {@code in} open.
   *
   * @param name of the file, for messages
   * @throws UserException if the file is not a model that Meanfield can run
   */
  public static Model read(InputStream in, String name) throws IOException {
    NativeThreads.useSingle();
    Map<String, byte[]> entries = entries(in, name);
    if (!entries.containsKey(CONFIGURATION) || !entries.containsKey(WEIGHTS)) {
      throw UnusableModel.because(
          name
              + " is not a model: expected a zip with "
              + CONFIGURATION
              + " and "
              + WEIGHTS
              + ", found "
              + entries.keySet(),
          null);
    }
    Dl4jConfiguration configuration = configuration(entries, name);
    NetworkSettings network = configuration.network();
    float[] weights = floats(entries, WEIGHTS, name);
    requireSize(name, WEIGHTS, weights.length, ParameterLayout.of(network).size());
    float[] optimizer =
        entries.containsKey(OPTIMIZER) ? floats(entries, OPTIMIZER, name) : new float[0];
    return new Model(
        new EngineNetwork(network, Engine.DL4J),
        new LearnerState(
            weights, optimizer, configuration.iterationCount(), configuration.epochCount()),
        threshold(entries, network, name));
  }

  private static Threshold threshold(
      Map<String, byte[]> entries, NetworkSettings network, String name) {
    if (!entries.containsKey(NETWORK)) {
      return Threshold.DEFAULT; // DL4J has written the file
    }
    Threshold threshold = NetworkJson.threshold(text(entries, NETWORK), name + ", " + NETWORK);
    if (threshold.isSet() && network.outputs() > 2) {
      throw UnusableModel.because(
          name
              + " has a threshold in "
              + NETWORK
              + ", expected none for a network with "
              + network.outputs()
              + " outputs",
          null);
    }
    return threshold;
  }

  private static void requireSize(String name, String entry, int found, int expected) {
    if (found != expected) {
      throw UnusableModel.because(
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
    Map<String, byte[]> entries = new TreeMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      requireKnown(entry.getName(), name);
      entries.put(entry.getName(), content(zip, entry.getName(), name));
    }
    return entries;
  }

  private static void requireKnown(String entry, String name) {
    if (!ENTRIES.contains(entry)) {
      throw UnusableModel.because(
          name
              + " has an entry \""
              + entry
              + "\", expected only "
              + String.join(", ", ENTRIES)
              + "; save the model without a normalizer, preprocessor and other objects",
          null);
    }
  }

  private static byte[] content(ZipInputStream zip, String entry, String name) throws IOException {
    int limit = maxBytes(entry);
    byte[] content = zip.readNBytes(limit);
    if (zip.read() >= 0) {
      throw UnusableModel.because(
          name + ": expected at most " + limit + " bytes in " + entry + ", found more", null);
    }
    return content;
  }

  private static int maxBytes(String entry) {
    return entry.equals(CONFIGURATION) || entry.equals(NETWORK)
        ? MAX_CONFIGURATION_BYTES
        : Integer.MAX_VALUE - 8;
  }

  private static Dl4jConfiguration configuration(Map<String, byte[]> entries, String name) {
    String json = text(entries, CONFIGURATION);
    return entries.containsKey(NETWORK)
        ? Dl4jConfiguration.read(
            NetworkJson.parse(text(entries, NETWORK), name + ", " + NETWORK), json, name)
        : Dl4jConfiguration.read(json, name);
  }

  private static float[] floats(Map<String, byte[]> entries, String entry, String name)
      throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entries.get(entry)))) {
      INDArray array = Nd4j.read(in);
      requireFloats(array.dataType(), entry, name);
      return NativeFloats.read(array);
    }
  }

  private static void requireFloats(DataType found, String entry, String name) {
    if (found != DataType.FLOAT) {
      throw UnusableModel.because(
          name
              + ": expected 32-bit floats (FLOAT) in "
              + entry
              + ", found "
              + found
              + "; convert the network with DL4J's convertDataType and save it again",
          null);
    }
  }
}
