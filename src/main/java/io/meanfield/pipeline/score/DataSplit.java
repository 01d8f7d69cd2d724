package io.meanfield.pipeline.score;

import io.meanfield.data.Dataset;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.pipeline.settings.JobSettings;

/** A data set of the settings: {@code data.train} or {@code data.test}. */
public enum DataSplit {
  TRAIN,
  TEST;

  /** Opens this data set; training data need targets. */
  Dataset open(DataSettings data, ReadContext context) {
    return source(data).open(this == TRAIN ? context.withTargets() : context);
  }

  /** Returns the examples of this data set to which an encoder is fitted. */
  TrainingShare fitting(JobSettings settings) {
    return this == TRAIN ? settings.trainingShare() : TrainingShare.ALL;
  }

  /** Returns where this data set comes from. */
  Source source(DataSettings data) {
    return this == TRAIN ? data.train() : data.test();
  }

  /** Returns the key of this data set in the settings. */
  String key() {
    return this == TRAIN ? "data.train" : "data.test";
  }
}
