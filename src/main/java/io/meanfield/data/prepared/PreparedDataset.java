package io.meanfield.data.prepared;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.store.RunDirectory;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a data set into a run's directory: the table {@code examples}, its description {@code
 * dataset.json}, and {@code encodings.json} if strings became numbers.
 */
public final class PreparedDataset {
  private PreparedDataset() {}

  /** Writes a data set. The description is written last. */
  public static void write(SparkSession spark, Dataset data, String fingerprint, RunDirectory run) {
    PreparedTable.write(spark, data.blocks(), run);
    data.encoder().ifPresent(encoder -> EncodingsFile.write(run, encoder));
    DatasetFile.of(data, fingerprint).write(run);
  }
}
