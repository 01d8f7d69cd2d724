package io.meanfield.engine.dl4j;

import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.InputFile;
import io.meanfield.store.file.ZipReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * A model in DL4J's zip format, which DL4J's ModelSerializer can read unless the model is an
 * ensemble or has columns of texts, which DL4J does not have. DL4J reads no file here: its reader
 * allocates what a file announces, and takes some entries by Java deserialisation.
 */
public final class ModelFile {
  static final String CONFIGURATION = "configuration.json";
  static final String WEIGHTS = "coefficients.bin";
  static final String OPTIMIZER = "updaterState.bin";
  // The network as Meanfield's settings, with the counters of the state; DL4J ignores this entry,
  // as
  // Meanfield ignores DL4J's configuration.
  static final String NETWORK = "meanfield.json";

  private ModelFile() {}

  /**
   * Writes a model and leaves {@code out} open; equal models give equal bytes. The optimizer's
   * state is for DL4J, which continues the training of a model that it can read. The file of a
   * model of a table names the SHA-256 of its {@link EncodingsFile}, which must be beside it.
   */
  public static void write(SavedModel saved, OutputStream out) throws IOException {
    NativeThreads.useSingle();
    Model model = saved.model();
    NetworkSettings network = model.network().settings();
    LearnerState state = model.state();
    ZipOutputStream zip = new ZipOutputStream(out);
    boolean readableByDl4j =
        network.members() == 1
            && !network.columnEmbeddings().filter(ColumnEmbeddings::hasBags).isPresent();
    if (readableByDl4j) {
      put(zip, CONFIGURATION, textWriter(configuration(network, state)));
    }
    put(zip, NETWORK, textWriter(NetworkJson.write(model, inputs(saved))));
    put(zip, WEIGHTS, arrayWriter(state.weights()));
    if (readableByDl4j && state.optimizerState().length > 0) {
      put(zip, OPTIMIZER, arrayWriter(state.optimizerState()));
    }
    zip.finish();
  }

  private static NetworkJson.Inputs inputs(SavedModel saved) throws IOException {
    Optional<String> sha256 = Optional.empty();
    if (saved.encoder().isPresent()) {
      byte[] encodings = EncodingsFile.content(saved.encoder().get()).bytes();
      sha256 = Optional.of(DigestUtils.sha256Hex(encodings));
    }
    return new NetworkJson.Inputs(saved.images(), sha256);
  }

  // A graph if the first layer embeds columns, else a sequence of layers.
  private static String configuration(NetworkSettings network, LearnerState state) {
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

  /** Writes the content of an entry. */
  private interface EntryWriter {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void put(ZipOutputStream zip, String name, EntryWriter content)
      throws IOException {
    zip.putNextEntry(ZipReader.undated(name));
    content.writeTo(zip);
    zip.closeEntry();
  }

  private static EntryWriter textWriter(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static EntryWriter arrayWriter(float[] values) {
    return out -> ArrayFormat.write(values, out);
  }

  /**
   * Reads a model that this class has written, and the encodings beside it. The model is on the
   * reference engine. A learner of {@link Model#network} that restores {@link Model#state}
   * continues the training, with the schedule at the iteration of the state. {@code
   * Model.untrained(settings, seed).with(read(hadoop, path).model().state())} continues it with
   * other settings that have the same weight shapes and optimizer.
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
   *     Meanfield can run, or if other encodings are beside it than those of its training
   */
  public static SavedModel read(Configuration hadoop, Path path) {
    Path encodings = new Path(path.getParent(), EncodingsFile.NAME);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      return read(
          () -> InputFile.open(files, path),
          () -> InputFile.open(files, encodings),
          HadoopPaths.display(path));
    } catch (FileNotFoundException e) {
      throw missing(e, path);
    } catch (IOException e) {
      throw UnusableModel.unreadable(
          e, "cannot read the model %s: %s", HadoopPaths.display(path), e.getMessage());
    }
  }

  /** Returns an exception that says that there is no model at a path. */
  public static UserException missing(FileNotFoundException cause, Path path) {
    return UnusableModel.because(
        cause,
        "expected a model.zip at %s, found no file; check the path, and that its run has ended",
        HadoopPaths.display(path));
  }

  /**
   * Reads a model as {@link #read(Configuration, Path)} does. Opens the file twice, because the
   * sizes that the network gives to the arrays must be known before the arrays are read.
   *
   * @param encodings the file beside it
   * @param name of the model file, for messages
   * @throws UserException if the file is not a model that Meanfield can run
   */
  public static SavedModel read(FileSource model, FileSource encodings, String name)
      throws IOException {
    try {
      ModelEntries.Content content = new ModelEntries(model, name).read();
      Optional<TableEncoder> encoder =
          new ModelEncodings(encodings, name)
              .read(content.model().network(), content.inputs().encodingsSha256());
      return new SavedModel(content.model(), encoder, content.inputs().images());
    } catch (ZipReader.Unreadable e) {
      throw UnusableModel.unreadable(e, "%s %s", name, e.getMessage());
    }
  }
}
