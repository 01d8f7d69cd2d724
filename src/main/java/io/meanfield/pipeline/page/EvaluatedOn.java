package io.meanfield.pipeline.page;

/** Which examples the evaluation of a run has used. */
final class EvaluatedOn {
  private EvaluatedOn() {}

  /** Returns "the test examples" if the run has evaluated them, else the validation examples. */
  static String of(RunRecord run) {
    return run.table("evaluation").isEmpty() ? "the validation examples" : "the test examples";
  }
}
