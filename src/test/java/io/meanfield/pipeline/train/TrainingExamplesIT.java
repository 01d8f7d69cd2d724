package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.source.ReadProgress;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingExamplesIT {
  @TempDir Path folder;

  @Test
  void blocksThatDoNotFitIntoMemoryAreKeptOnTheDiskUntilTheRelease() throws Exception {
    Path csv = Files.writeString(folder.resolve("a.csv"), "x,y\n1,0\n2,1\n3,1\n");
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "data { format = csv, train.path = \"" + csv + "\", columns.label = y }",
                "network.layers = [ { dense = 2, activation = softmax } ]"));
    TrainingExamples examples =
        TrainingExamples.open(
            TestJobs.context(settings, "blocks"), Optional.empty(), ReadProgress.NONE);
    JavaRDD<?> blocks = examples.data().blocks();
    assertThat(blocks.getStorageLevel()).isEqualTo(StorageLevel.MEMORY_AND_DISK());
    assertThat(LocalSpark.cachedRdds()).contains(blocks.id());
    examples.close();
    assertThat(LocalSpark.cachedRdds()).doesNotContain(blocks.id());
  }
}
