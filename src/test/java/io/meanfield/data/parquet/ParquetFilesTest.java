package io.meanfield.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParquetFilesTest {
  @Test
  void rowsAreInTheFilesInWhichSparkFindsThem() {
    assertThat(List.of("file:/t/a.parquet", "file:/t/_day=1.parquet", "file:/_t/a"))
        .allMatch(ParquetFiles::hasRows);
    assertThat(List.of("file:/t/_metadata", "file:/t/_common_metadata", "file:/t=1/_SUCCESS"))
        .noneMatch(ParquetFiles::hasRows);
  }

  @Test
  void schemaIsThatOfSummariesAndOfTheFirstFileInSparksOrder() {
    // In a URI, a space is %20, which is less than other characters only after it is decoded.
    String[] files = {"file:/t/a!b.parquet", "file:/t/a%20b.parquet", "file:/t/_metadata"};
    assertThat(ParquetFiles.withSchema(files))
        .containsExactly("file:/t/_metadata", "file:/t/a%20b.parquet");
  }
}
