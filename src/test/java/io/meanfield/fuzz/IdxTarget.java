package io.meanfield.fuzz;

import io.meanfield.LocalSpark;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.ReadContext;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.data.idx.IdxSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images in the IDX format, with a file of labels beside them. Half of the cases of a gzipped file
 * change the bytes before they are compressed.
 */
final class IdxTarget implements Target {
  private static final int CLASSES = 3;

  private final Path file;
  private final Path labels;
  private final boolean gzipped;

  IdxTarget(Path folder, boolean gzipped) {
    this.gzipped = gzipped;
    this.file = Fixtures.write(folder.resolve("images"), packed(IdxFixtures.images(20)));
    this.labels = Fixtures.write(folder.resolve("labels"), IdxFixtures.labels(20));
  }

  private byte[] packed(byte[] content) {
    return gzipped ? IdxFixtures.gzip(content) : content;
  }

  @Override
  public Sample sample() {
    return new Sample(file, Stream.of(20, 19).map(IdxFixtures::images).map(this::packed).toList());
  }

  @Override
  public byte[] mutated(Mutator mutator, Draws draws) {
    if (!gzipped || draws.below(2) == 0) {
      return mutator.mutate(seeds(), draws);
    }
    return packed(mutator.mutate(List.of(IdxFixtures.images(20), IdxFixtures.images(19)), draws));
  }

  @Override
  public void read() {
    Dataset data =
        new IdxSource(file.toString(), Optional.of(labels.toString()))
            .open(ReadContext.of(LocalSpark.context(), CLASSES));
    List<Examples> blocks = data.blocks().collect();
    WrongContent.unless(
        blocks.stream().mapToInt(Examples::count).sum() == data.count(),
        "the number of examples is wrong");
  }
}
