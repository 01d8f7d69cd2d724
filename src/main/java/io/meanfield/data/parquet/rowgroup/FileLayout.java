package io.meanfield.data.parquet.rowgroup;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;

/**
 * The row groups of a Parquet file.
 *
 * @param file the path as a URI
 * @param groups the number of rows of each row group
 * @param usable whether the file has the columns that were asked for, with their types
 */
@DefaultSerializer(JavaSerializer.class)
public record FileLayout(String file, long[] groups, boolean usable) implements Serializable {
  private static final long[] NO_GROUPS = {};

  /**
   * Reads the layout of a file. A file whose metadata cannot be read is not usable; Spark reports
   * what is wrong.
   *
   * @throws UserException if the metadata declare what the file cannot have
   */
  public static FileLayout of(String file, List<FileColumn> columns, Configuration hadoop) {
    try (OpenFile opened = OpenFile.open(file, hadoop)) {
      boolean usable =
          !isEncrypted(opened.metadata())
              && columns.stream().allMatch(column -> column.isIn(opened.metadata().getSchema()))
              && opened.groups().stream().allMatch(group -> group.getRowCount() >= 0);
      long[] groups = opened.groups().stream().mapToLong(BlockMetaData::getRowCount).toArray();
      return new FileLayout(file, groups, usable);
    } catch (UserException damaged) {
      throw damaged;
    } catch (IOException | RuntimeException e) {
      return new FileLayout(file, NO_GROUPS, false);
    }
  }

  // Spark decrypts files.
  private static boolean isEncrypted(FileMetaData file) {
    return file.getFileDecryptor() != null && !file.getFileDecryptor().plaintextFile();
  }

  public long rows() {
    return Arrays.stream(groups).sum();
  }
}
