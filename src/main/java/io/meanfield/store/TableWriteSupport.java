package io.meanfield.store;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Converts the rows of a table to records of Parquet. */
final class TableWriteSupport extends WriteSupport<Object[]> {
  // Where Spark keeps the schema of a file, and the name that it gives the record.
  private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";
  private static final String RECORD = "spark_schema";

  private final List<TableColumn> columns;
  private RecordConsumer consumer;

  TableWriteSupport(List<TableColumn> columns) {
    this.columns = columns;
  }

  @Override
  @SuppressWarnings("deprecation") // the Parquet of Spark 3.5 has no other
  public WriteContext init(Configuration conf) {
    List<Type> types = columns.stream().map(TableColumn::type).toList();
    StructType schema =
        new StructType(columns.stream().map(TableColumn::field).toArray(StructField[]::new));
    return new WriteContext(new MessageType(RECORD, types), Map.of(SPARK_SCHEMA, schema.json()));
  }

  @Override
  public void prepareForWrite(RecordConsumer records) {
    consumer = records;
  }

  @Override
  public void write(Object[] row) {
    consumer.startMessage();
    for (int i = 0; i < row.length; i++) {
      TableColumn column = columns.get(i);
      if (column.hasValue(row[i])) {
        consumer.startField(column.field().name(), i);
        column.write(row[i], consumer);
        consumer.endField(column.field().name(), i);
      }
    }
    consumer.endMessage();
  }
}
