package io.meanfield.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {
  private static ChunkSize of(String value) {
    return JobSettings.load(List.of(), List.of("data.chunk-size = " + value)).data().chunkSize();
  }

  @Test
  void sizeHasAUnitOrIsNone() {
    assertThat(of("1m")).isEqualTo(ChunkSize.of(1 << 20));
    assertThat(of("1g")).isEqualTo(ChunkSize.of(1 << 30));
    assertThat(of("none")).isEqualTo(new ChunkSize(OptionalLong.empty()));
    assertThat(JobSettings.load(List.of(), List.of()).data().chunkSize())
        .isEqualTo(ChunkSize.DEFAULT);
  }

  @Test
  void sizeOutsideOfItsRangeIsRefused() {
    assertThatThrownBy(() -> of("1000k"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "data.chunk-size must be a size of at least 1m, such as 2g, or none, found \"1000k\"");
    assertThatThrownBy(() -> of("1025m"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.chunk-size must be at most 1g, found \"1025m\"");
  }
}
