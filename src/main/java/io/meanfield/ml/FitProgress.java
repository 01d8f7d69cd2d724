package io.meanfield.ml;

import io.meanfield.store.table.RowTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a fit of a client of Spark Connect shows while it runs. The client asks for it beside the
 * fit: {@code transform} returns one row with the lines of the newest fit of the estimator with
 * this uid in the session of the frame, or no row.
 */
public final class FitProgress extends Transformer {
  private static final long serialVersionUID = 1L;
  private static final int MOST_FITS = 100;
  private static final Map<SparkSession, Map<String, FitLines>> FITS =
      Collections.synchronizedMap(new WeakHashMap<>());
  private static final RowTable<FitLines> TABLE =
      RowTable.<FitLines>named("lines")
          .column("fit", DataTypes.StringType, FitLines::fit)
          .column("lines", DataTypes.StringType, FitLines::kept)
          .column("epoch", DataTypes.StringType, FitLines::epoch);

  private final String uid;

  /** Creates a progress of no fit, for Spark. */
  public FitProgress() {
    this("fitProgress");
  }

  /**
   * Creates the progress of a fit.
   *
   * @param uid of the estimator
   */
  public FitProgress(String uid) {
    this.uid = uid;
  }

  /** Lets the client whose session has a frame follow a fit on it. */
  static void follow(SparkSession session, String uid, FitLines lines) {
    lines.begin();
    of(session).put(uid, lines);
  }

  private static Map<String, FitLines> of(SparkSession session) {
    return FITS.computeIfAbsent(session, any -> Collections.synchronizedMap(new NewestFits()));
  }

  private static final class NewestFits extends LinkedHashMap<String, FitLines> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, FitLines> eldest) {
      return size() > MOST_FITS;
    }
  }

  @Override
  public String uid() {
    return uid == null ? "" : uid; // Spark's constructor calls this before it returns
  }

  @Override
  public Dataset<Row> transform(Dataset<?> frame) {
    FitLines lines = of(frame.sparkSession()).get(uid);
    return TABLE.frame(frame.sparkSession(), lines == null ? List.of() : List.of(lines));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema;
  }

  @Override
  public FitProgress copy(ParamMap extra) {
    return new FitProgress(uid);
  }
}
