package io.meanfield.ml;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import org.apache.spark.ml.util.DefaultParamsReader;

/** Reads a saved estimator or model. Spark's reader returns a stage of any class. */
class StageReader<S> extends DefaultParamsReader<S> {
  private final Class<S> type;

  StageReader(Class<S> type) {
    this.type = type;
  }

  /**
   * Reads the params.
   *
   * @throws UserException if there is no stage, or one of another class
   */
  @Override
  public S load(String path) {
    Object stage = stage(path);
    if (!type.isInstance(stage)) {
      String found = stage.getClass().getSimpleName();
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s has a %s, expected a %s; load it with %s.load",
          path,
          found,
          type.getSimpleName(),
          found);
    }
    return type.cast(stage);
  }

  private Object stage(String path) {
    try {
      return super.load(path);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      if (e instanceof NoSuchMethodException) {
        throw UserException.causedBy(
            e,
            ErrorCode.WRONG_SETTINGS,
            "%s has another stage of Spark ML, expected a %s; a pipeline is loaded with"
                + " PipelineModel.load or Pipeline.load",
            path,
            type.getSimpleName());
      }
      throw UserException.causedBy(
          e,
          ErrorCode.MODEL_UNREADABLE,
          "cannot load a %s from %s: %s; expected a directory that write().save has completed",
          type.getSimpleName(),
          path,
          UserException.reason(e));
    }
  }
}
