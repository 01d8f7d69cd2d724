package io.meanfield.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.batch.SparkMaster.Kind;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkMasterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"local; 1", "local[1]; 1", "local[16]; 16", "local[5,2]; 5", "local[5 , 2]; 5"})
  void localMasterIsOneExecutorWithItsThreads(String url, int threads) {
    assertThat(SparkMaster.parse(url)).isEqualTo(new SparkMaster(Kind.LOCAL, 1, threads));
    assertThat(SparkMaster.parse(url).isLocal()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[*]", "local[*,3]", "local[*, 3]"})
  void starStandsForAllProcessors(String url) {
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(SparkMaster.parse(url)).isEqualTo(new SparkMaster(Kind.LOCAL, 1, processors));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[", "local[]", "local[two]", "local[-1]", "local[99999999999]"})
  void localMasterThatSparkRefusesCountsAsOneThread(String url) {
    assertThat(SparkMaster.parse(url)).isEqualTo(new SparkMaster(Kind.LOCAL, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local-cluster[2,3,1024]",
        "local-cluster[ 2 , 3 , 1024 ]",
        "local-cluster[2, 3, 1024]"
      })
  void localClusterNamesExecutorsAndCores(String url) {
    assertThat(SparkMaster.parse(url)).isEqualTo(new SparkMaster(Kind.LOCAL_CLUSTER, 2, 3));
    assertThat(SparkMaster.parse(url).isLocal()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "spark://a:7077; STANDALONE",
        "spark://a:7077,b:7077; STANDALONE",
        "yarn; YARN",
        "k8s://https://a:443; KUBERNETES",
        "k8s://a; KUBERNETES",
        "mesos://a:5050; OTHER",
        "local-cluster; OTHER",
        "local-cluster[2]; OTHER",
        "localhost; OTHER",
        "Local; OTHER",
        "''; OTHER",
      })
  void clusterNamesNoExecutors(String url, Kind kind) {
    assertThat(SparkMaster.parse(url)).isEqualTo(new SparkMaster(kind, 0, 0));
    assertThat(SparkMaster.parse(url).isLocal()).isFalse();
  }

  @Test
  void masterIsReadFromTheSettings() {
    SparkConf conf = new SparkConf(false);
    assertThat(SparkMaster.of(conf).kind()).isEqualTo(Kind.OTHER);
    assertThat(SparkMaster.of(conf.setMaster("yarn")).kind()).isEqualTo(Kind.YARN);
  }
}
