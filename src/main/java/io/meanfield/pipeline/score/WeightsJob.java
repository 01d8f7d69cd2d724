package io.meanfield.pipeline.score;

import io.meanfield.network.NetworkSettings;
import io.meanfield.network.keras.ArrayRows;
import io.meanfield.network.keras.KerasArray;
import io.meanfield.network.keras.KerasLayout;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.network.keras.NumpyArray;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.store.file.ExportedFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The command {@code weights}: prints or exports a model's weights as Keras arrays. Creates no run.
 */
public final class WeightsJob {
  private final Configuration hadoop;
  private final NetworkSettings network;
  private final float[] weights;

  /**
   * Reads the model.
   *
   * @param model the id of a run, the path of a model file, or a version of a registered model
   */
  public WeightsJob(Configuration hadoop, JobSettings settings, String model) {
    RunKernels.pin(settings); // reading a model loads OpenBLAS, and a later job needs its kernels
    ModelReference reference = ModelReference.resolve(ModelCatalog.of(hadoop, settings), model);
    this.hadoop = hadoop;
    this.network = reference.model().network().settings();
    this.weights = reference.model().state().weights();
  }

  /** Returns the arrays of {@code get_weights()}, layer by layer, as lines of text. */
  public List<String> print() {
    List<String> lines = new ArrayList<>();
    int layer = -1;
    for (KerasArray array : KerasLayout.of(network).arrays()) {
      if (array.parameter().layer() != layer) {
        layer = array.parameter().layer();
        lines.add("layer " + layer + "  " + network.layer(layer).display());
      }
      lines.add(array.name() + "  " + array.kerasName() + " " + NumpyArray.tuple(array.shape()));
      lines.addAll(ArrayRows.of(array.of(weights)));
    }
    return lines;
  }

  /**
   * Writes all weights as an .npz file; see {@link NpzFile}.
   *
   * @return the path of the file, for display
   */
  public String export(String file) {
    return ExportedFile.write(hadoop, file, out -> NpzFile.write(network, weights, out));
  }
}
