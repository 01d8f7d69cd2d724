package io.meanfield.pipeline.score;

import io.meanfield.data.ChosenExamples;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.formats.DataContents;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.export.ProofExamples;
import io.meanfield.export.input.ModelInput;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.ModelExport;
import io.meanfield.pipeline.train.ModelReference;
import java.util.Map;

/**
 * The examples with which an export is compared with its model: at most {@value #LIMIT} of the test
 * set, or random ones. Driver only.
 */
public record ExportExamples(ModelInput input, ProofExamples examples) {
  private static final int LIMIT = 10_000;
  private static final long SEED = 0;

  /**
   * Returns the examples.
   *
   * @param random whether not to read the test set
   * @throws io.meanfield.error.UserException if the test set does not suit the model
   */
  public static ExportExamples of(JobContext job, ModelReference reference, boolean random) {
    boolean hasTestSet = job.settings().data().test().isSet();
    // The inputs of a prepared table have no values of the table.
    boolean isRaw =
        reference.encoder().isEmpty() || job.settings().data().contents() != DataContents.PREPARED;
    return hasTestSet && isRaw && !random ? ofTestSet(job, reference) : random(reference.saved());
  }

  /** Returns random examples. */
  public static ExportExamples random(SavedModel saved) {
    ModelExport export = export(saved);
    return new ExportExamples(export.input(), export.random());
  }

  private static ModelExport export(SavedModel saved) {
    return new ModelExport("", saved, Map.of());
  }

  private static ExportExamples ofTestSet(JobContext job, ModelReference reference) {
    Dataset data = TestExamples.openRaw(job, reference);
    try {
      data.requireIntact();
      requireSameKind(data, reference);
      return of(reference.saved(), data, "test set");
    } finally {
      data.release();
    }
  }

  /**
   * Returns examples of a data set.
   *
   * @param data with the values of a table before their preprocessing
   * @param origin of the examples, for people
   */
  public static ExportExamples of(SavedModel saved, Dataset data, String origin) {
    ModelInput input = export(saved).input();
    Examples rows = ChosenExamples.random(data.blocks(), data.count(), LIMIT, SEED);
    return new ExportExamples(input, ProofExamples.of(input, rows, origin));
  }

  private static void requireSameKind(Dataset data, ModelReference reference) {
    boolean images = reference.saved().images();
    if (data.hasImages() != images) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "model %s was trained on %s, but %s holds %s; set data.test to examples of the same kind,"
              + " or add --random-inputs",
          reference.name(),
          kind(images),
          data.display(),
          kind(data.hasImages()));
    }
  }

  private static String kind(boolean images) {
    return images ? "images of bytes" : "numbers";
  }
}
