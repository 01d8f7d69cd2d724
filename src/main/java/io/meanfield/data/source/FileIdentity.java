package io.meanfield.data.source;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Tells a file from others by its path, length and time of modification, without reading it.
 *
 * @param modified the time of modification in milliseconds since 1970
 */
@DefaultSerializer(JavaSerializer.class)
public record FileIdentity(String path, long length, long modified) implements Serializable {
  private static final int TASKS_OF_A_CORE = 4;

  /** Returns the identity of a file that was listed. */
  public static FileIdentity of(FileStatus file) {
    return new FileIdentity(file.getPath().toString(), file.getLen(), file.getModificationTime());
  }

  /**
   * Returns the identities of files, which tasks ask for side by side.
   *
   * @throws UserException if a file cannot be read
   */
  public static List<FileIdentity> of(JavaSparkContext spark, List<String> paths) {
    if (paths.isEmpty()) {
      return List.of();
    }
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    int tasks = Math.min(paths.size(), TASKS_OF_A_CORE * spark.defaultParallelism());
    return spark.parallelize(paths, tasks).map(path -> of(hadoop.value().value(), path)).collect();
  }

  private static FileIdentity of(Configuration hadoop, String path) {
    Path file = new Path(path);
    try {
      FileStatus status = file.getFileSystem(hadoop).getFileStatus(file);
      return new FileIdentity(path, status.getLen(), status.getModificationTime());
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          HadoopPaths.display(file) + " cannot be read: " + IoReason.of(e),
          e);
    }
  }

  /**
   * Returns the number of the files, their bytes, and a digest of paths, lengths and times of
   * modification, for the manifest of a run.
   */
  public static Map<String, Object> summary(List<FileIdentity> files) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    for (FileIdentity file : files) {
      digest.update(
          (file.path + " " + file.length + " " + file.modified + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    return Map.of(
        "files",
        files.size(),
        "bytes",
        files.stream().mapToLong(FileIdentity::length).sum(),
        "files_sha256",
        Hex.encodeHexString(digest.digest()));
  }
}
