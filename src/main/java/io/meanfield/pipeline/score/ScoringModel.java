package io.meanfield.pipeline.score;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Model;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.registry.RegistrySettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A model that a Spark program applies to rows of its own.
 *
 * @param encoder of the rows
 */
public record ScoringModel(Model model, TableEncoder encoder) {
  private static final String VERSION = "@";

  /**
   * Loads the model of a table. Driver only.
   *
   * @param name the id of a run, the path of a model.zip, a version such as {@code churn@champion},
   *     or the directory of the registry and a version, {@code models/churn@champion}
   * @param settings in HOCON, such as {@code run.directory = "hdfs:///runs"}
   * @throws UserException if there is no such model, or if it reads no table
   */
  public static ScoringModel load(Configuration hadoop, String name, List<String> settings) {
    int slash = name.lastIndexOf('/');
    boolean isInDirectory = slash > 0 && name.indexOf(VERSION, slash) > 0;
    if (!isInDirectory) {
      return of(hadoop, name, settings);
    }
    List<String> located = new ArrayList<>(settings);
    located.add(RegistrySettings.DIRECTORY + "=\"" + name.substring(0, slash) + "\"");
    return of(hadoop, name.substring(slash + 1), located);
  }

  private static ScoringModel of(Configuration hadoop, String name, List<String> assignments) {
    JobSettings settings = ModelSettings.of(List.of(), assignments).load(hadoop, name, List.of());
    ModelReference reference =
        ModelReference.loadInProgram(ModelCatalog.of(hadoop, settings), settings, name);
    return new ScoringModel(
        reference.model(),
        reference
            .encoder()
            .orElseThrow(
                () ->
                    UserException.of(
                        ErrorCode.MODEL_UNUSABLE,
                        "%s has no encodings.json beside it, so the columns that it reads are"
                            + " unknown; expected a model that was trained on a table",
                        name)));
  }
}
