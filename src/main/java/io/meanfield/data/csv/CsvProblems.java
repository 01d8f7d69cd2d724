package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.SkippedRows;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * The rows of a file that cannot be used.
 *
 * @param messages the first problems, each with its place
 * @param missing the number of rows without a value that need one, for each column that has such
 *     rows
 * @param skipped all these rows
 * @param indexes their numbers in the file, from 0, in ascending order
 */
@DefaultSerializer(JavaSerializer.class)
record CsvProblems(
    List<String> messages, TreeMap<String, Long> missing, SkippedRows skipped, long[] indexes)
    implements Serializable {
  long rows() {
    return indexes.length;
  }
}
