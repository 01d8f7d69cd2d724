package io.meanfield.pipeline.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableInputTest {
  @Test
  void delimiterDividesAllLinesIntoTheSameNumberOfFields() {
    assertThat(TableInput.delimiter(List.of("a,b", "1,2"))).isEqualTo(',');
    assertThat(TableInput.delimiter(List.of("a;b", "1,5;2,5"))).isEqualTo(';');
    assertThat(TableInput.delimiter(List.of("a\tb", "1\t2"))).isEqualTo('\t');
    assertThat(TableInput.delimiter(List.of("a|b", "1|2"))).isEqualTo('|');
    assertThat(TableInput.delimiter(List.of("a,\"b;c;d\"", "1,\"x;y\""))).isEqualTo(',');
    assertThat(TableInput.delimiter(List.of("a, b;c", "1;2"))).isEqualTo(';');
    assertThat(TableInput.delimiter(List.of("a"))).isEqualTo(',');
    assertThat(TableInput.delimiter(List.of())).isEqualTo(',');
  }
}
