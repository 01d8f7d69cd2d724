package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A part of a CSV file that one task reads.
 *
 * @param header the columns of the file
 * @param start the position of the first byte; {@code end} that after the last one, or {@link
 *     #WHOLE} for a file that cannot be divided
 * @param lineBreaks the number of lines of the file before {@code start}
 * @param first the position of the first row in the data set
 */
@DefaultSerializer(JavaSerializer.class)
record CsvPiece(
    CsvFile file, List<String> header, long start, long end, long lineBreaks, long first)
    implements Serializable {
  private static final long WHOLE = -1;

  /** Returns the only piece of a file that cannot be divided. */
  static CsvPiece whole(CsvFile file, List<String> header, long first) {
    return new CsvPiece(file, header, 0, WHOLE, 0, first);
  }

  /** Opens the rows, without the header. */
  CsvParser open(Configuration hadoop) throws IOException {
    CsvParser records =
        end == WHOLE ? file.open(hadoop) : file.open(hadoop, start, end, lineBreaks);
    if (start == 0) {
      CsvFile.header(records, file.display());
    }
    return records;
  }
}
