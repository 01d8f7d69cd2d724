package io.meanfield.ml;

import io.meanfield.fixture.Digits;
import io.meanfield.fixture.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** DataFrames of tests. */
final class Frames {
  private static final StructType VECTORS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.IntegerType);

  private Frames() {}

  /** Returns points in three clouds around the corners of a triangle, far from each other. */
  static Dataset<Row> clouds(int count) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int cloud = i % 3;
      double x = (cloud == 1 ? 4 : 0) + random.nextGaussian() / 2;
      double y = (cloud == 2 ? 4 : 0) + random.nextGaussian() / 2;
      rows.add(RowFactory.create((long) i * 7, Vectors.dense(x, y), cloud));
    }
    return LocalSpark.session().createDataFrame(rows, VECTORS);
  }

  /** Returns the first digits of MNIST as vectors of pixels. */
  static Dataset<Row> digits(int count) {
    return digits(Digits.train(), count);
  }

  static Dataset<Row> testDigits(int count) {
    return digits(Digits.test(), count);
  }

  private static Dataset<Row> digits(Digits digits, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] pixels = digits.pixels(i);
      double[] values = new double[pixels.length];
      for (int pixel = 0; pixel < pixels.length; pixel++) {
        values[pixel] = pixels[pixel];
      }
      rows.add(RowFactory.create((long) i, Vectors.dense(values).toSparse(), digits.label(i)));
    }
    return LocalSpark.session().createDataFrame(rows, VECTORS);
  }
}
