package io.meanfield.pipeline.retrain;

import io.meanfield.data.Dataset;
import io.meanfield.data.source.KeptColumns;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.ModelSource;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.ClassResult;
import io.meanfield.evaluate.slice.Slice;
import io.meanfield.evaluate.slice.Slices;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.score.TestExamples;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.pipeline.train.RunInspection;
import io.meanfield.promotion.ModelScore;
import io.meanfield.promotion.PromotionMetric;
import io.meanfield.store.RunDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model's predictions for {@code data.test}, with their metrics. Driver only.
 *
 * @param errors of the rows that share a value of a column, by the column and the value
 */
record TestResult(
    ModelReference model,
    Dataset data,
    String fingerprint,
    Predictions predictions,
    Evaluation evaluation,
    Map<String, Map<String, Double>> errors)
    implements AutoCloseable {

  /**
   * Applies a model to the test examples.
   *
   * @param by the columns whose values divide the examples
   * @throws UserException if the examples do not suit the model, or if the model was trained on
   *     them
   */
  static TestResult of(JobContext job, ModelReference model, KeptColumns by) {
    return job.named("predicting and scoring", () -> scored(job, model, by));
  }

  private static TestResult scored(JobContext job, ModelReference model, KeptColumns by) {
    Dataset data = TestExamples.openLabelled(job, model, by);
    return data.orRelease(
        () -> {
          String fingerprint = data.fingerprint();
          // RetrainInput requires that a share of the training data is new to the champion.
          if (data.whole() == data) {
            model.requireNotTrainingData(data, fingerprint);
          }
          Predictions predictions = Predictions.of(model.model(), data);
          return new TestResult(
              model,
              data,
              fingerprint,
              predictions,
              predictions.evaluate(),
              errors(job, data, predictions, by.names()));
        });
  }

  private static Map<String, Map<String, Double>> errors(
      JobContext job, Dataset data, Predictions predictions, List<String> by) {
    if (by.isEmpty()) {
      return Map.of();
    }
    // Not by the model's encoder: the slices of both models must be the same.
    return Slices.of(
            predictions,
            data.count(),
            by,
            data.kept().orElseThrow(),
            Optional.empty(),
            job.settings().targets())
        .stream()
        .filter(slice -> slice.kind() != Slice.Kind.ALL)
        .collect(
            Collectors.groupingBy(
                Slice::column, Collectors.toMap(Slice::name, Slice::error, Math::max)));
  }

  /**
   * Returns what the promotion rule compares.
   *
   * @throws UserException if the metric has no value, because all examples have the same class
   */
  ModelScore score(PromotionMetric metric) {
    return new ModelScore(
        evaluation.value(metric.column()).orElseThrow(() -> undefined(metric)),
        evaluation.classes().stream().map(ClassResult::recall).toList(),
        evaluation.threshold(),
        evaluation.leastCoverage(),
        errors);
  }

  private UserException undefined(PromotionMetric metric) {
    return UserException.of(
        ErrorCode.DATA_UNREADABLE,
        "retrain.metric is %s, which needs examples of both classes, but those of %s"
            + " have one class; add others to data.test, or choose another metric",
        metric,
        data.display());
  }

  /**
   * Writes the tables of the evaluation into the run that trained the model.
   *
   * @param version the number under which the model is registered; empty if it is not
   */
  void write(JobContext job, RunDirectory run, Optional<Integer> version) {
    ModelSource source = new ModelSource(run.id().value(), version);
    EvaluationTables.write(run, evaluation, source, fingerprint, Instant.now());
    new RunInspection(job, run).inspect(model.model(), data, predictions);
  }

  @Override
  public void close() {
    predictions.close();
    data.release();
  }
}
