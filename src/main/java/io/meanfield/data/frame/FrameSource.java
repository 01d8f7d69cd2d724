package io.meanfield.data.frame;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.util.MetadataUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/**
 * The rows of a DataFrame. Without a column of ids, a row is identified by its content.
 *
 * @param frame read once; before that, some rows of its columns of wide vectors, if it has any
 * @param display the name of the DataFrame in messages
 */
public record FrameSource(
    org.apache.spark.sql.Dataset<Row> frame, ColumnRoles columns, String display)
    implements Source {
  @Override
  public Dataset open(ReadContext context) {
    return declaredClasses()
        .map(classes -> open(context, classes))
        .orElseGet(() -> FrameReader.open(Table.of(frame, display), columns, context));
  }

  private Dataset open(ReadContext context, int classes) {
    Dataset data =
        FrameReader.open(Table.of(frame, display), columns, context.withMostClasses(classes));
    return data.withFindings(data.findings().withClasses(classes));
  }

  /**
   * Returns the number of classes that the metadata of the label tell, as Spark ML's StringIndexer
   * writes them: a sample of rows may lack some of them.
   */
  private Optional<Integer> declaredClasses() {
    return columns
        .label()
        .map(label -> frame.schema().apply(label))
        .filter(label -> label.dataType() instanceof NumericType)
        .flatMap(FrameSource::declaredClasses);
  }

  private static Optional<Integer> declaredClasses(StructField label) {
    Option<Object> declared = MetadataUtils.getNumClasses(label);
    return declared.isDefined() ? Optional.of((Integer) declared.get()) : Optional.empty();
  }

  @Override
  public List<String> locations() {
    return List.of();
  }
}
