package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** An open Parquet file: its metadata and its bytes. Not thread-safe. */
final class OpenFile implements AutoCloseable {
  // Where a read of any position takes little time. Object stores answer a request for each.
  private static final Set<String> FAST_SEEKS = Set.of("file", "hdfs");

  private final FSDataInputStream bytes;
  private final long length;
  private final ParquetReadOptions options;
  private final FileMetaData metadata;
  private final List<BlockMetaData> groups;
  private final boolean seeksFast;

  private OpenFile(
      FSDataInputStream bytes,
      long length,
      ParquetReadOptions options,
      FileMetaData metadata,
      List<BlockMetaData> groups,
      boolean seeksFast) {
    this.bytes = bytes;
    this.length = length;
    this.options = options;
    this.metadata = metadata;
    this.groups = groups;
    this.seeksFast = seeksFast;
  }

  /**
   * Opens a file and reads its metadata.
   *
   * @param file the path as a URI
   * @throws io.meanfield.error.UserException if the metadata declare what the file cannot have
   */
  static OpenFile open(String file, Configuration hadoop) throws IOException {
    Path path = new Path(URI.create(file));
    HadoopInputFile input = HadoopInputFile.fromPath(path, hadoop);
    ParquetReadOptions options = options(path, hadoop);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    FSDataInputStream bytes = fileSystem.open(path);
    try {
      ParquetMetadata metadata = Footer.read(input, options, bytes);
      long length = input.getLength();
      List<BlockMetaData> groups = CheckedMetadata.groups(metadata, path, length);
      return new OpenFile(
          bytes,
          length,
          options,
          metadata.getFileMetaData(),
          groups,
          FAST_SEEKS.contains(fileSystem.getUri().getScheme()));
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static ParquetReadOptions options(Path path, Configuration hadoop) {
    ParquetReadOptions usual = HadoopReadOptions.builder(hadoop, path).build();
    return HadoopReadOptions.builder(hadoop, path)
        .withCodecFactory(new CheckedCodecs(usual.getCodecFactory()))
        .build();
  }

  FileMetaData metadata() {
    return metadata;
  }

  List<BlockMetaData> groups() {
    return groups;
  }

  long length() {
    return length;
  }

  /** Returns whether a read of any position takes little time. */
  boolean seeksFast() {
    return seeksFast;
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
