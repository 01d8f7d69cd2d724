package io.meanfield.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.MutatedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.io.FileUtils;

class MutatedIdxIT {
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("idx");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Property(tries = 60)
  void mutatedImagesAreReadWholeOrRefusedWithASentenceThatNamesTheFile(
      @ForAll long seed, @ForAll boolean gzipped, @ForAll boolean beforeGzip) {
    Random random = new Random(seed);
    String labels = IdxFixtures.write(folder, "labels", IdxFixtures.labels(20));
    String images = IdxFixtures.write(folder, "images", content(random, gzipped, beforeGzip));
    long count;
    List<Examples> blocks;
    try {
      Dataset data =
          new IdxSource(images, Optional.of(labels)).open(ReadContext.of(LocalSpark.context(), 3));
      count = data.count();
      blocks = data.blocks().collect();
    } catch (Exception e) { // Spark throws checked ones that it does not declare
      assertThat(UserException.in(e)).as(e.toString()).isPresent();
      assertThat(UserException.in(e).orElseThrow()).hasMessageContaining(images);
      return;
    }
    assertThat(blocks.stream().mapToInt(Examples::count).sum()).isEqualTo(count);
  }

  private static byte[] content(Random random, boolean gzipped, boolean beforeGzip) {
    byte[] images = IdxFixtures.images(20);
    if (!gzipped) {
      return MutatedBytes.of(images, random);
    }
    return beforeGzip
        ? IdxFixtures.gzip(MutatedBytes.of(images, random))
        : MutatedBytes.of(IdxFixtures.gzip(images), random);
  }
}
