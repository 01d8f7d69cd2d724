package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FirstRowsTest {
  private static Row row(StructType schema, Object... values) {
    return new GenericRowWithSchema(values, schema);
  }

  @Test
  void rowsAreATableWithoutTheNamesOfRunAndModelAndWithoutEmptyColumns() {
    StructType schema =
        new StructType()
            .add("run_id", DataTypes.StringType)
            .add("customer", DataTypes.StringType)
            .add("actual", DataTypes.IntegerType)
            .add("model_version", DataTypes.IntegerType)
            .add("predicted", DataTypes.IntegerType)
            .add("probability", DataTypes.DoubleType);
    assertThat(
            FirstRows.lines(
                List.of(
                    row(schema, "a", "c1", null, 1, 0, 0.123456),
                    row(
                        schema,
                        "a",
                        "a name that is longer than 32 letters",
                        null,
                        1,
                        1,
                        0.00025))))
        .containsExactly(
            "| customer                         | predicted | probability |",
            "| -------------------------------- | --------- | ----------- |",
            "| c1                               | 0         | 0.1235      |",
            "| a name that is longer than 32 l… | 1         | 0.0002500   |");
  }

  @Test
  void ofManyColumnsTheFirstAndTheLastOnesAreShown() {
    StructType schema = new StructType();
    for (int i = 0; i < 12; i++) {
      schema = schema.add("c" + i, DataTypes.IntegerType);
    }
    Row row = row(schema, IntStream.range(0, 12).boxed().toArray());
    assertThat(FirstRows.lines(List.of(row)).get(0))
        .isEqualTo("| c0 | c5 | c6 | c7 | c8 | c9 | c10 | c11 |");
  }

  @Test
  void noRowsAreNoTable() {
    assertThat(FirstRows.lines(List.of())).isEmpty();
  }
}
