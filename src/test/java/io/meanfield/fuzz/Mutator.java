package io.meanfield.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Applies one to four mutations that fit the kind of content. */
@SuppressWarnings("ImmutableEnumChecker") // lists and functions that never change
enum Mutator {
  BINARY(List.of(BinaryMutation.values())),
  TEXT(
      // Twice as many keep the text well formed enough for its values to be read.
      Stream.of(TextMutation.values(), TextMutation.values(), BinaryMutation.values())
          .<Mutation>flatMap(Stream::of)
          .toList());

  // A file is read as a whole by some readers. Larger files take longer and find no more.
  private static final int MAX_BYTES = 1 << 20;

  private final List<Mutation> mutations;

  Mutator(List<? extends Mutation> mutations) {
    this.mutations = List.copyOf(mutations);
  }

  /** Returns a mutation of one of several valid files. */
  byte[] mutate(List<byte[]> seeds, Draws draws) {
    byte[] content = draws.one(seeds);
    int count = draws.one(List.of(1, 1, 1, 2, 2, 4));
    for (int i = 0; i < count; i++) {
      content = draws.one(mutations).apply(content, draws.one(seeds), draws);
    }
    return Bytes.until(content, MAX_BYTES);
  }
}
