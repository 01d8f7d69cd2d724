package io.meanfield.data.parquet.rowgroup;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;

/**
 * The row groups of a Parquet file.
 *
 * @param file the path as a URI
 * @param groups the number of rows of each row group
 * @param usable whether the metadata could be read and have the columns that were asked for, with
 *     their types
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
    return read(
        file,
        hadoop,
        opened ->
            !isEncrypted(opened.metadata())
                && columns.stream().allMatch(column -> column.isIn(opened.metadata().getSchema())));
  }

  /**
   * Reads the layout of a file whose rows Spark reads. Checks the headers of the pages that Spark
   * will read, because it allocates what they declare; if that takes little time.
   *
   * @param columns the names of the columns that are read
   * @return a layout that is not usable if the metadata cannot be read; Spark reports what is wrong
   * @throws UserException if the metadata or a page declare what the file cannot have
   */
  public static FileLayout ofRows(String file, List<String> columns, Configuration hadoop) {
    return read(
        file,
        hadoop,
        opened -> {
          if (!isEncrypted(opened.metadata()) && opened.seeksFast()) {
            checkPages(opened, file, columns);
          }
          return true;
        });
  }

  private static void checkPages(OpenFile opened, String file, List<String> columns) {
    try {
      PageHeaders.check(opened, columns);
    } catch (IOException | RuntimeException e) {
      // In the words of Spark, which UserException explains to the user.
      throw UserException.of(
          new IllegalStateException("Error while reading file " + file + ".", e));
    }
  }

  private static FileLayout read(String file, Configuration hadoop, Predicate<OpenFile> isUsable) {
    try (OpenFile opened = OpenFile.open(file, hadoop)) {
      boolean usable =
          isUsable.test(opened)
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
