package io.meanfield.data.frame;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * The rows of a DataFrame. Without a column of ids, a row is identified by its content.
 *
 * @param frame read up to three times
 * @param display the name of the DataFrame in messages
 */
public record FrameSource(
    org.apache.spark.sql.Dataset<Row> frame, ColumnRoles columns, String display)
    implements Source {
  @Override
  public Dataset open(ReadContext context) {
    return FrameReader.open(Table.of(frame, display), columns, context);
  }

  @Override
  public List<String> locations() {
    return List.of();
  }
}
