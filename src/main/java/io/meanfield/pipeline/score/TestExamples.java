package io.meanfield.pipeline.score;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.ModelEncoderCheck;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.data.source.KeptColumns;
import io.meanfield.data.source.ReadContext;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.train.ModelReference;
import org.apache.spark.storage.StorageLevel;

/** Opens the data set {@code data.test} for a model. Driver only. */
public final class TestExamples {
  private TestExamples() {}

  /**
   * Opens the data set with or without labels.
   *
   * @throws io.meanfield.error.UserException if the examples do not suit the model
   */
  static Dataset open(JobContext job, ModelReference reference) {
    return open(job, reference, context(job, reference));
  }

  /**
   * Opens the data set, whose examples must have labels or targets, and caches it until {@link
   * Dataset#release}.
   *
   * @throws io.meanfield.error.UserException if the examples do not suit the model
   */
  public static Dataset openLabelled(JobContext job, ModelReference reference) {
    return openLabelled(job, reference, KeptColumns.NONE);
  }

  /** As {@link #openLabelled(JobContext, ModelReference)}, with texts of columns of a table. */
  public static Dataset openLabelled(JobContext job, ModelReference reference, KeptColumns kept) {
    Dataset data = open(job, reference, context(job, reference).withTargets().keeping(kept));
    return data.orRelease(
        () -> {
          DatasetCheck check = new DatasetCheck(data);
          check.requireTargets("data.test");
          data.blocks().persist(StorageLevel.MEMORY_AND_DISK());
          if (reference.model().network().loss().givesProbabilities()) {
            check.requireTargetsOfProbabilities();
          }
          return data;
        });
  }

  /**
   * Opens the data set with the values of a table before their preprocessing, as {@link
   * TableEncoder#unscaled} encodes them.
   *
   * @throws io.meanfield.error.UserException if the examples do not suit the model
   */
  static Dataset openRaw(JobContext job, ModelReference reference) {
    job.requireSuitableCluster("data.test", job.settings().data().test());
    Dataset data =
        job.settings()
            .data()
            .test()
            .open(
                context(job, reference)
                    .withEncoder(reference.encoder().map(TableEncoder::unscaled)));
    if (reference.encoder().isEmpty()) {
      requireSuitable(data, reference);
    }
    return data;
  }

  private static ReadContext context(JobContext job, ModelReference reference) {
    return ReadContext.of(job.sparkContext(), reference.model().network().settings().labelClasses())
        .withEncoder(reference.encoder())
        .withBadRows(job.settings().data().badRows());
  }

  private static Dataset open(JobContext job, ModelReference reference, ReadContext context) {
    job.requireSuitableCluster("data.test", job.settings().data().test());
    Dataset data = job.settings().data().test().open(context);
    return data.orRelease(
        () -> {
          requireSuitable(data, reference);
          return data;
        });
  }

  private static void requireSuitable(Dataset data, ModelReference reference) {
    DatasetCheck check = new DatasetCheck(data);
    check.requireWidth(reference.model().network().inputs());
    check.requireOutputs(reference.model().network().outputs());
    if (reference.encoder().isEmpty()) {
      data.encoder()
          .map(encoder -> new ModelEncoderCheck(encoder, reference.name()))
          .ifPresent(ModelEncoderCheck::requireNoVocabulary);
    }
  }
}
