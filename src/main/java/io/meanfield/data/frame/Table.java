package io.meanfield.data.frame;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.column.DateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * A table as Spark reads it; driver only.
 *
 * @param display the location of the table, for messages
 * @param files the files of the rows; none if the rows come from elsewhere, or from one file
 * @param malformed the column with the text of a record that has other fields than the header;
 *     empty if no record can
 */
record Table(Dataset<Row> frame, String display, FileNames files, Optional<String> malformed) {
  /** Returns a table whose rows have no place in a file. */
  static Table of(Dataset<Row> frame, String display) {
    return new Table(frame, display, FileNames.NONE, Optional.empty());
  }

  /** Returns the names of the columns. */
  List<String> columns() {
    return Arrays.stream(frame.columns())
        .filter(column -> !malformed.equals(Optional.of(column)))
        .toList();
  }

  /** Returns the columns that tell the file and the fault of a row. */
  List<Column> places() {
    List<Column> places = new ArrayList<>();
    if (!files.byHash().isEmpty()) {
      places.add(FileNames.hash());
    }
    malformed.ifPresent(column -> places.add(ColumnNames.named(column)));
    return places;
  }

  /**
   * Returns a feature as it is selected.
   *
   * @param dateFormat the form of dates in texts; empty for ISO 8601
   */
  Column feature(String column, StructField field, Optional<String> dateFormat) {
    Column selected = ColumnTypes.selected(column, field);
    return field.dataType() instanceof StringType
        ? dateFormat.map(format -> iso(selected, format)).orElse(selected)
        : selected;
  }

  private static Column iso(Column texts, String format) {
    DateFormat dates = new DateFormat(format);
    UDF1<String, String> iso = text -> text == null ? null : dates.iso(text);
    return functions.udf(iso, DataTypes.StringType).apply(texts);
  }
}
