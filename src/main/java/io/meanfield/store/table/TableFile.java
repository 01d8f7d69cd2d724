package io.meanfield.store.table;

import io.meanfield.store.file.FileContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.commons.io.output.CloseShieldOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * A Parquet file with rows that are in the memory of the driver, as Spark writes it, without a
 * Spark job.
 */
record TableFile(StructType schema, List<InternalRow> rows) implements FileContent {
  @Override
  public void writeTo(OutputStream out) throws IOException {
    Configuration settings =
        new Configuration(false) {
          // The writer expects settings of Spark, others in each version; they have their defaults.
          @Override
          public String get(String name) {
            String set = super.get(name);
            return set == null && name.startsWith("spark.sql.")
                ? new SQLConf().getConfString(name)
                : set;
          }
        };
    settings.set("spark.sql.parquet.outputTimestampType", "INT96"); // with every version of Spark
    ParquetWriteSupport.setSchema(schema, settings);
    try (ParquetWriter<InternalRow> writer =
        new Builder(new OpenedFile(out))
            .withConf(settings)
            .withCompressionCodec(CompressionCodecName.SNAPPY) // Spark's default
            .build()) {
      for (InternalRow row : rows) {
        writer.write(row);
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<InternalRow, Builder> {
    Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<InternalRow> getWriteSupport(Configuration settings) {
      return new ParquetWriteSupport();
    }
  }

  /** A stream as a file that Parquet writes; the caller closes the stream. */
  private record OpenedFile(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) throws IOException {
      OutputStream open = new BufferedOutputStream(CloseShieldOutputStream.wrap(out));
      return HadoopStreams.wrap(new FSDataOutputStream(open, null));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) throws IOException {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
