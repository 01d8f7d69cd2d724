package io.meanfield.fuzz;

import io.meanfield.gate.CategoryColumn;
import io.meanfield.gate.DataProfile;
import io.meanfield.gate.Histogram;
import io.meanfield.gate.ImageProfile;
import io.meanfield.gate.NumberColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The profile of the training data of a registered model, of a table or of images. */
final class ProfileTarget implements Target {
  private static final Histogram HISTOGRAM =
      new Histogram(List.of(0.25, 0.5, 1e30), List.of(0L, 5L, 7L, 0L));
  private static final NumberColumn SIZE = new NumberColumn("size", 0.1, 1e30, HISTOGRAM);

  private final Path file;
  private final List<byte[]> seeds;

  ProfileTarget(Path folder) {
    CategoryColumn color =
        new CategoryColumn("color", new TreeMap<>(Map.of("red", 12L, "blue", 0L)));
    DataProfile table =
        new DataProfile(
            12, Optional.empty(), List.of(SIZE), List.of(color), List.of(), Optional.of(color));
    ImageProfile images = new ImageProfile(List.of(2, 3), HISTOGRAM, 3);
    DataProfile digits =
        new DataProfile(
            12, Optional.of(images), List.of(SIZE), List.of(), List.of(SIZE), Optional.empty());
    this.seeds = List.of(table.toJson(), digits.toJson());
    this.file = Fixtures.write(folder.resolve(DataProfile.NAME), seeds.get(0));
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public void read() {
    DataProfile profile = DataProfile.parse(Fixtures.read(file), file.toString());
    WrongContent.unless(
        profile.equals(DataProfile.parse(profile.toJson(), "a copy")),
        "written again, it reads differently");
  }
}
