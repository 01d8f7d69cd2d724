package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The columns of the table; ? marks a nullable column. */
class GateTableTest {
  @Test
  void gateHasARowForEachCheck() {
    assertThat(GateTable.TABLE.name()).isEqualTo("gate");
    assertThat(
            Arrays.stream(GateTable.TABLE.schema().fields())
                .map(field -> field.name() + (field.nullable() ? "?" : "")))
        .containsExactly("run_id", "check", "data", "column?", "expected", "found", "passed");
  }
}
