package io.meanfield.ml;

import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.pipeline.score.ScoringModel;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Registers a trained model as a function of SQL.
 *
 * <p>A function {@code churn} takes a struct and finds its fields by name: {@code
 * churn(struct(*))}. It encodes values as the model's training data were encoded, {@code
 * encodings.json}. A network with one output gives a double: the probability of class 1, or the
 * number. Other networks give an array of doubles: the probabilities of the classes, or the
 * numbers.
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
    return register(
        spark,
        name,
        loaded.model(),
        FrameEncoder.of(loaded.encoder(), loaded.model().network().inputs()));
  }

  /**
   * Registers a model of this program as the function {@code name} in a session.
   *
   * @return the names of the columns that the struct must have
   */
  public static List<String> register(SparkSession spark, String name, TrainedModel<?> model) {
    TrainedNetwork trained = model.trained();
    return register(spark, name, trained.model(), trained.encoder());
  }

  private static List<String> register(
      SparkSession spark, String name, Model model, FrameEncoder encoder) {
    Broadcast<LearnerState> state =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(model.state().withoutOptimizerState());
    RowFunction function = new RowFunction(name, model.network(), state, encoder);
    spark.udf().register(name, (UDF1<Row, Object>) row -> function.score(row), function.type());
    return encoder.columns();
  }
}
