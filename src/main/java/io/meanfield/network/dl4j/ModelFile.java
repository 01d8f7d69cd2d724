package io.meanfield.network.dl4j;

import io.meanfield.network.Architecture;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.Schedule;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.Locations;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model in DL4J's own zip format: ModelSerializer reads what is written here. Reading takes the
 * three entries that hold numbers and text; the others of the format are Java objects, which are
 * never deserialised.
 */
public final class ModelFile {
  private static final String CONFIGURATION = "configuration.json";
  private static final String WEIGHTS = "coefficients.bin";
  private static final String OPTIMIZER = "updaterState.bin";
  private static final Set<String> KNOWN = Set.of(CONFIGURATION, WEIGHTS, OPTIMIZER);
  private static final int MAX_CONFIGURATION_BYTES = 16 << 20;

  private ModelFile() {}

  public static void write(Model model, OutputStream out) throws IOException {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            MultiLayerConfiguration.fromJson(model.architecture().configuration()));
    LearnerState state = model.state();
    net.init(Nd4j.createFromArray(state.weights()).reshape(1, state.weights().length), false);
    if (state.optimizerState().length > 0) {
      net.getUpdater().setStateViewArray(net, Nd4j.createFromArray(state.optimizerState()), true);
    }
    net.setIterationCount(state.iteration());
    net.setEpochCount(state.epoch());
    ModelSerializer.writeModel(net, out, true);
  }

  /**
   * Reads a model that this class or DL4J has written. Its learning rate is the base rate of the
   * file and its schedule constant; its iteration is where a schedule goes on: who resumes trains
   * {@code Model.untrained(settings).with(read.state())}.
   *
   * @throws Complaint if there is no such file, or it is not a model that Meanfield can run
   */
  public static Model read(Configuration hadoop, Path path) {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return read(in, Locations.shown(path));
    } catch (FileNotFoundException e) {
      throw unusable("there is no model in " + Locations.shown(path), e);
    } catch (IOException e) {
      throw unusable("cannot read the model " + Locations.shown(path) + ": " + e.getMessage(), e);
    }
  }

  private static Model read(InputStream in, String name) throws IOException {
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
    MultiLayerConfiguration configuration =
        configuration(new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8), name);
    float[] weights = floats(entries.get(WEIGHTS));
    float[] optimizer =
        entries.containsKey(OPTIMIZER) ? floats(entries.get(OPTIMIZER)) : new float[0];
    return new Model(
        architecture(configuration, name),
        new LearnerState(
            weights, optimizer, configuration.getIterationCount(), configuration.getEpochCount()));
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
    return entry.equals(CONFIGURATION) ? MAX_CONFIGURATION_BYTES : Integer.MAX_VALUE - 8;
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

  private static Architecture architecture(MultiLayerConfiguration configuration, String name) {
    int last = configuration.getConfs().size() - 1;
    Layer first = configuration.getConf(0).getLayer();
    Layer output = configuration.getConf(last).getLayer();
    if (!(first instanceof FeedForwardLayer in) || !(output instanceof BaseOutputLayer out)) {
      throw unusable(
          name
              + " starts with "
              + first.getClass().getSimpleName()
              + " and ends with "
              + output.getClass().getSimpleName()
              + "; expected a feed-forward network with an output layer",
          null);
    }
    Loss loss =
        Dl4jNetwork.loss(out.getLossFn())
            .orElseThrow(() -> unusable(name + " has an unknown loss " + out.getLossFn(), null));
    return new Architecture(
        configuration.toJson(),
        (int) in.getNIn(),
        (int) out.getNOut(),
        loss,
        new Schedule.Constant());
  }

  private static Complaint unusable(String message, Throwable cause) {
    return new Complaint(ErrorCode.MODEL_UNUSABLE, message, cause);
  }
}
