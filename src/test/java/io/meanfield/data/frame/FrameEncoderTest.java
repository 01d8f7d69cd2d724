package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Features;
import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnGroup;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.TableEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
  private static final FrameEncoder THREE = encoder("v", 3);

  private static FrameEncoder encoder(String column, int width) {
    return new FrameEncoder(TableEncoder.ofNumbers(List.of(column)), List.of(width), false);
  }

  private static Features read(FrameEncoder encoder, Object... values) {
    return encoder.read(List.<Object[]>of(values), "a row").features();
  }

  @Test
  void oneNumberForAnArrayIsRefused() {
    assertThatThrownBy(() -> read(THREE, 0.5))
        .hasMessage("a row: column v contains 1 numbers, expected 3");
    assertThatThrownBy(() -> read(THREE, new Object[] {null}))
        .hasMessage("a row: column v has no value, expected a finite number");
    assertThat(((Features.Floats) read(encoder("x", 1), 0.5)).values()).containsExactly(0.5f);
  }

  @Test
  void arrayBesideOtherColumnsHasTheInputsThatAreLeft() {
    FeatureColumn age =
        FeatureColumn.number(
            "age", ValueType.NUMBER, false, new ColumnScaling(40, 10), List.of(40.0), true);
    TableEncoder mixed =
        new TableEncoder(
            List.of(age, FeatureColumn.plain("v")),
            List.of(),
            ColumnRoles.HandleUnknown.ERROR,
            List.of(),
            List.of(),
            new TreeMap<>());
    FrameEncoder encoder = FrameEncoder.of(mixed, 5);
    assertThat(((Features.Floats) read(encoder, 50, Vectors.dense(1, 2, 3))).values())
        .containsExactly(1, 0, 1, 2, 3);
    assertThat(mixed.inputNames(5)).containsExactly("age", "age missing", "v[0]", "v[1]", "v[2]");
    assertThat(ColumnGroup.of(mixed, 5).stream().map(ColumnGroup::column))
        .containsExactly("age", "v");
    assertThat(mixed.values(new float[] {1, 0, 1, 2, 3}).toString())
        .isEqualTo("{age=50, v[0]=1, v[1]=2, v[2]=3}");
  }

  @Test
  void bytesForANumberAreRefused() {
    assertThatThrownBy(() -> read(encoder("x", 1), new byte[] {7}))
        .hasMessage("a row: column x contains bytes, expected a finite number");
  }

  @Test
  void bytesOfImagesStayPixels() {
    Features features = read(THREE.ofImages(), new byte[] {0, (byte) 200, 7});
    assertThat(((Features.Pixels) features).values()).containsExactly(0, (byte) 200, 7);
    assertThatThrownBy(() -> read(THREE.ofImages(), new byte[] {0, 7}))
        .hasMessage("a row: column v contains 2 numbers, expected 3");
  }

  @Test
  void columnOfAnotherTypeThanInTrainingIsRefused() {
    DataType array = DataTypes.createArrayType(DataTypes.DoubleType);
    String expected =
        ", expected an array of 3 numbers or a vector as in the training data; convert the column,"
            + " or train a model on such a column";
    assertThatThrownBy(conversions(THREE, DataTypes.DoubleType))
        .hasMessage("a row has double in column v" + expected);
    assertThatThrownBy(conversions(THREE, DataTypes.BinaryType))
        .hasMessage("a row has binary in column v" + expected);
    assertThatThrownBy(conversions(THREE.ofImages(), array))
        .hasMessage(
            "a row has array<double> in column v, expected the pixels of an image as bytes as in"
                + " the training data; convert the column, or train a model on such a column");
    assertThatThrownBy(conversions(encoder("x", 1), DataTypes.BinaryType))
        .hasMessageStartingWith("a row has binary in column x, expected a number as in");
    for (DataType type : Arrays.asList(array, SQLDataTypes.VectorType())) {
      assertThat(THREE.conversions(List.of("v"), new StructType().add("v", type), "a row"))
          .hasSize(1)
          .noneMatch(conversion -> conversion.isPresent());
    }
    assertThat(((Features.Floats) read(THREE, Vectors.dense(1, 2, 3))).values())
        .containsExactly(1, 2, 3);
  }

  private static ThrowingCallable conversions(FrameEncoder encoder, DataType type) {
    List<String> columns = encoder.columns();
    return () -> encoder.conversions(columns, new StructType().add(columns.get(0), type), "a row");
  }
}
