package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopPathsTest {
  @ParameterizedTest
  @ValueSource(strings = {"hdfs:///runs", "hdfs://host:8020/runs", "s3a://bucket/runs", "/runs"})
  void locationIsDisplayedAsItWasWritten(String location) {
    assertThat(HadoopPaths.display(HadoopPaths.resolve(location))).isEqualTo(location);
  }

  @Test
  void localPathIsDisplayedWithoutItsScheme() {
    assertThat(HadoopPaths.display(new Path("file:///tmp/runs"))).isEqualTo("/tmp/runs");
  }

  @Test
  void onlyAPathWithoutSchemeAndRootIsRelative() {
    assertThat(HadoopPaths.isRelative("runs")).isTrue();
    assertThat(HadoopPaths.isRelative("/runs")).isFalse();
    assertThat(HadoopPaths.isRelative("hdfs:///runs")).isFalse();
  }
}
