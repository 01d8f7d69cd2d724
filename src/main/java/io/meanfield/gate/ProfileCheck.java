package io.meanfield.gate;

import io.meanfield.error.Printable;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out whether a profile that was read can be that of a data set. */
record ProfileCheck(DataProfile profile) {
  /** Returns what no data set has; empty if there is nothing of the kind. */
  Optional<String> problem() {
    return Stream.of(
            profile.image().stream().map(ProfileCheck::image),
            profile.allNumbers().stream().map(ProfileCheck::number),
            Stream.concat(profile.categories().stream(), profile.label().stream())
                .map(column -> counts(column.name(), column.counts().values())))
        .flatMap(problems -> problems)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> image(ImageProfile image) {
    boolean hasPixels = image.shape().stream().allMatch(side -> side > 0);
    double pixels = image.shape().stream().reduce(1.0, (all, side) -> all * side, (a, b) -> a * b);
    return hasPixels && pixels <= Integer.MAX_VALUE
        ? histogram("image", image.pixels())
        : Optional.of(
            "image: expected a shape of at least one pixel, found " + shown(image.shape()));
  }

  private static Optional<String> number(NumberColumn column) {
    return Double.isFinite(column.min()) && Double.isFinite(column.max())
        ? histogram(column.name(), column.histogram())
        : Optional.of(column.name() + ": expected a finite minimum and maximum");
  }

  private static Optional<String> histogram(String name, Histogram histogram) {
    double[] edges = histogram.edgeArray();
    for (int i = 0; i < edges.length; i++) {
      // Below the smallest float there is only -Infinity.
      boolean isValid =
          i == 0
              ? edges[i] < Double.POSITIVE_INFINITY
              : Double.isFinite(edges[i]) && edges[i - 1] <= edges[i];
      if (!isValid) {
        return Optional.of(
            name + ": expected finite edges in ascending order, found " + shown(histogram.edges()));
      }
    }
    return counts(name, histogram.counts());
  }

  private static Optional<String> counts(String name, Collection<Long> counts) {
    long room = Long.MAX_VALUE; // for the sum of all counts
    for (long count : counts) {
      if (count < 0 || count > room) {
        return Optional.of(name + ": expected numbers of examples, found " + shown(counts));
      }
      room -= count;
    }
    return Optional.empty();
  }

  private static String shown(Collection<?> found) {
    return Printable.text(found.toString());
  }
}
