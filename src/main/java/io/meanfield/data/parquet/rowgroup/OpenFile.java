package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopStreams;

/** An open Parquet file: its metadata and its bytes. Not thread-safe. */
final class OpenFile implements AutoCloseable {
  private final FSDataInputStream bytes;
  private final long length;
  private final ParquetReadOptions options;
  private final ParquetMetadata metadata;

  private OpenFile(
      FSDataInputStream bytes, long length, ParquetReadOptions options, ParquetMetadata metadata) {
    this.bytes = bytes;
    this.length = length;
    this.options = options;
    this.metadata = metadata;
  }

  /**
   * Opens a file and reads its metadata.
   *
   * @param file the path as a URI
   */
  static OpenFile open(String file, Configuration hadoop) throws IOException {
    Path path = new Path(URI.create(file));
    HadoopInputFile input = HadoopInputFile.fromPath(path, hadoop);
    ParquetReadOptions options = ParquetInput.options(path, hadoop);
    FSDataInputStream bytes = path.getFileSystem(hadoop).open(path);
    try {
      ParquetMetadata metadata =
          ParquetFileReader.readFooter(input, options, HadoopStreams.wrap(bytes));
      return new OpenFile(bytes, input.getLength(), options, metadata);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  FileMetaData metadata() {
    return metadata.getFileMetaData();
  }

  BlockMetaData group(int group) {
    return metadata.getBlocks().get(group);
  }

  long length() {
    return length;
  }

  /** Returns whether the checksums of pages are verified; Hadoop's settings say so. */
  boolean verifiesChecksums() {
    return options.usePageChecksumVerification();
  }

  BytesInputDecompressor decompressor(CompressionCodecName codec) {
    return options.getCodecFactory().getDecompressor(codec);
  }

  /** Reads bytes as a stream that continues after them, for reads in the order of the file. */
  void readInOrder(long position, byte[] target, int count) throws IOException {
    bytes.seek(position);
    bytes.readFully(target, 0, count);
  }

  /** Reads bytes of any position. */
  void read(long position, byte[] target, int offset, int count) throws IOException {
    bytes.readFully(position, target, offset, count);
  }

  @Override
  public void close() throws IOException {
    options.getCodecFactory().release();
    bytes.close();
  }
}
