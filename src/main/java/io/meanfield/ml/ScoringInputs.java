package io.meanfield.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.data.frame.StructFields;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Where the inputs of a network are in the rows of a frame. A column that is read as it is needs no
 * copy; the values of others, such as dates and fields of structs, are added behind the columns of
 * the frame.
 *
 * @param kept the number of columns of the frame
 * @param positions the column of each input
 */
@DefaultSerializer(JavaSerializer.class)
record ScoringInputs(int kept, List<Integer> positions) implements Serializable {
  /** A frame with the values that it did not have, and where the inputs are in its rows. */
  record Prepared(Dataset<Row> frame, ScoringInputs inputs) {}

  /**
   * Adds the values that are not read as they are to a frame, whose columns are renamed to {@link
   * #column}.
   *
   * @param numeric the columns with the values of the encoder's numeric features
   * @throws io.meanfield.error.UserException if a column has another type than in training
   */
  static Prepared prepare(Dataset<Row> frame, FrameEncoder encoder, List<String> numeric) {
    int kept = frame.columns().length;
    Dataset<Row> wide = StructFields.after(frame);
    List<String> existing = List.of(wide.columns());
    List<Integer> read = new ArrayList<>();
    numeric.forEach(name -> read.add(existing.indexOf(name)));
    encoder.columns().stream().skip(numeric.size()).map(existing::indexOf).forEach(read::add);
    Dataset<Row> numbered =
        wide.toDF(
            IntStream.range(0, existing.size())
                .mapToObj(ScoringInputs::column)
                .toArray(String[]::new));
    List<Optional<Column>> conversions =
        encoder.conversions(
            read.stream().map(ScoringInputs::column).toList(),
            numbered.schema(),
            TrainingFrame.DISPLAY);
    List<Column> selected = new ArrayList<>(List.of(functions.col("*")));
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < conversions.size(); i++) {
      positions.add(
          conversions.get(i).isPresent() ? existing.size() - 1 + selected.size() : read.get(i));
      conversions.get(i).ifPresent(selected::add);
    }
    return new Prepared(
        numbered.select(selected.toArray(Column[]::new)), new ScoringInputs(kept, positions));
  }

  /** Returns the name of a column by its position, because frames may use a name twice. */
  static String column(int position) {
    return "c" + position;
  }

  /** Returns the inputs of a row. */
  Object[] of(Row row) {
    Object[] values = new Object[positions.size()];
    Arrays.setAll(values, i -> row.get(positions.get(i)));
    return values;
  }
}
