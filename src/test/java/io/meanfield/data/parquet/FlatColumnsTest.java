package io.meanfield.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.ValueKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatColumnsTest {
  private static final FlatColumns COLUMNS =
      new FlatColumns(
          List.of(
              new FileColumn("n", ValueKind.INTEGER, false),
              new FileColumn("a/b", ValueKind.FLOAT, false)),
          List.of(0, 1));

  @ParameterizedTest
  @CsvSource({
    "file:///data/part-0.parquet, true",
    "file:///data/other=n/n/part-0.parquet, true",
    "file:///data/n=1/part-0.parquet, false",
    "file:///data/N=1/part-0.parquet, false",
    "file:///data/a%252Fb=1/part-0.parquet, false"
  })
  void columnWhoseValuesAreInAPathIsNotInTheFiles(String path, boolean areInFiles) {
    assertThat(COLUMNS.areInFiles(new String[] {path})).isEqualTo(areInFiles);
  }
}
