package io.meanfield.ml;

import io.meanfield.data.TargetKind;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.network.EngineNetwork;
import io.meanfield.pipeline.run.ModelExport;
import io.meanfield.pipeline.score.ScoringModel;
import java.util.List;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.sql.SparkSession;

/**
 * Registers a trained model as a function of SQL.
 *
 * <p>A function {@code churn} takes a struct and finds its fields by name: {@code
 * churn(struct(*))}. It encodes values as the model's training data were encoded, {@code
 * encodings.json}. A network with one output gives a double: the probability of class 1, or the
 * number. Other networks give an array of doubles: the probabilities of the classes, or the
 * numbers.
 *
 * <p>A model with intervals becomes a second function, {@code churn_interval}, which gives a struct
 * with the intervals or the set of the row: {@code churn_interval(struct(*)).prediction_set_90}.
 */
public final class ScoringFunction {
  private ScoringFunction() {}

  /**
   * Registers the function {@code name} in a session. Executors get the weights once, by a
   * broadcast.
   *
   * @param model the id of a run, the path of a model.zip, a version such as {@code
   *     churn@champion}, or the directory of a registry and a version, {@code
   *     models/churn@champion}
   * @param settings in HOCON, such as {@code run.directory = "hdfs:///runs"}
   * @return the names of the columns that the struct must have
   * @throws io.meanfield.error.UserException if there is no such model, or if it reads no table
   */
  public static List<String> register(
      SparkSession spark, String name, String model, String... settings) {
    ScoringModel loaded =
        ScoringModel.load(spark.sparkContext().hadoopConfiguration(), model, List.of(settings));
    return RowFunction.register(
        spark,
        name,
        loaded.model(),
        FrameEncoder.of(loaded.encoder(), loaded.model().network().inputs()),
        intervals(loaded));
  }

  private static IntervalColumn intervals(ScoringModel loaded) {
    EngineNetwork network = loaded.model().network();
    boolean areNumbers = !network.intervals().scales().isEmpty();
    return IntervalColumn.of(
        ModelExport.columns(
            loaded.model(),
            areNumbers ? TargetKind.of(network.outputs()) : TargetKind.CLASSES,
            loaded.encoder().labels().map(Vocabulary::values).orElse(List.of()),
            List.of()));
  }

  /**
   * Registers a model of this program as the function {@code name} in a session.
   *
   * @return the names of the columns that the struct must have
   */
  public static List<String> register(SparkSession spark, String name, TrainedModel<?> model) {
    return RowFunction.register(spark, name, model.trained(), model instanceof ClassificationModel);
  }
}
