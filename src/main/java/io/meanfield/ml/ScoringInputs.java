package io.meanfield.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnNames;
import io.meanfield.data.parquet.FrameEncoder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where the inputs of a network are in the rows of a frame. A column that is read as it is needs no
 * copy; the values of others, such as dates, are added behind the columns of the frame.
 *
 * @param kept the number of columns of the frame
 * @param positions the column of each input
 */
@DefaultSerializer(JavaSerializer.class)
record ScoringInputs(int kept, List<Integer> positions) implements Serializable {
  private static final String ADDED = "meanfield_input_";

  /** A frame with the values that it did not have, and where the inputs are in its rows. */
  record Prepared(Dataset<Row> frame, ScoringInputs inputs) {}

  /**
   * Adds the values that are not read as they are to a frame.
   *
   * @param numeric the columns with the values of the encoder's numeric features
   * @throws io.meanfield.error.UserException if a column has another type than in training
   */
  static Prepared prepare(Dataset<Row> frame, FrameEncoder encoder, List<String> numeric) {
    List<Optional<Column>> conversions =
        encoder.conversions(numeric, frame.schema(), TrainingFrame.DISPLAY);
    List<String> names = new ArrayList<>(numeric);
    names.addAll(encoder.columns().subList(numeric.size(), encoder.columns().size()));
    List<String> existing = List.of(frame.columns());
    List<Column> selected = new ArrayList<>();
    existing.forEach(name -> selected.add(ColumnNames.named(name)));
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (conversions.get(i).isPresent()) {
        positions.add(selected.size());
        selected.add(conversions.get(i).get().as(ADDED + i));
      } else {
        positions.add(existing.indexOf(names.get(i)));
      }
    }
    Dataset<Row> extended = frame.select(selected.toArray(Column[]::new));
    return new Prepared(extended, new ScoringInputs(existing.size(), positions));
  }

  /** Returns the inputs of a row. */
  Object[] of(Row row) {
    Object[] values = new Object[positions.size()];
    Arrays.setAll(values, i -> row.get(positions.get(i)));
    return values;
  }
}
