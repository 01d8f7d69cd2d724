package io.meanfield.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * A Parquet file with rows that are in the memory of the driver, written without a Spark job. Spark
 * reads the same schema and rows as from a file that it wrote itself.
 *
 * @param columns the columns, in order
 * @param rows a value for each column, in the same order; null where there is none
 */
record TableFile(List<TableColumn> columns, List<Object[]> rows) implements FileContent {

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (ParquetWriter<Object[]> writer = new Builder(columns, new TableOutput(out)).build()) {
      for (Object[] row : rows) {
        writer.write(row);
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final List<TableColumn> columns;

    Builder(List<TableColumn> columns, OutputFile out) {
      super(out);
      this.columns = columns;
      withConf(new Configuration(false));
      withCompressionCodec(CompressionCodecName.SNAPPY); // Spark's default
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // the Parquet of Spark 3.5 has no other
    protected WriteSupport<Object[]> getWriteSupport(Configuration conf) {
      return new TableWriteSupport(columns);
    }
  }
}
