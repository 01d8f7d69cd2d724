package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.MutatedBytes;
import io.meanfield.error.UserException;
import io.meanfield.network.Model;
import io.meanfield.network.ParameterLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MutatedModelTest {
  /** Half of the files have changes before an entry is compressed, so its checksum is right. */
  @Property(tries = 300)
  void mutatedModelIsReadWholeOrRefusedWithASentenceThatNamesTheFile(
      @ForAll long seed, @ForAll boolean inEntry) throws IOException {
    Random random = new Random(seed);
    byte[] file =
        inEntry ? mutatedEntry(random) : MutatedBytes.of(HostileModels.validFile(), random);
    Model model;
    try {
      model = ModelFile.read(() -> new ByteArrayInputStream(file), "m/model.zip");
    } catch (UserException refused) {
      assertThat(refused).hasMessageContaining("m/model.zip");
      return;
    }
    assertThat(model.state().weights())
        .hasSize(ParameterLayout.of(model.network().settings()).size());
    assertThat(model.state().isFinite()).isTrue();
  }

  private static byte[] mutatedEntry(Random random) throws IOException {
    Map<String, byte[]> entries = ZipContent.of(HostileModels.validFile());
    List<String> names = List.copyOf(entries.keySet());
    entries.computeIfPresent(
        names.get(random.nextInt(names.size())),
        (name, content) -> MutatedBytes.of(content, random));
    return ZipContent.file(entries);
  }
}
