package io.meanfield.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The GPUs that CUDA shows to a process. CUDA numbers them from 0, in the order of the variable
 * CUDA_VISIBLE_DEVICES.
 *
 * @param listed the addresses in the variable, which are indexes or UUIDs; empty if the variable is
 *     not set: then CUDA shows all GPUs, and the index of a GPU is its number
 */
record VisibleGpus(Optional<List<String>> listed) {
  static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  /** Returns the GPUs that CUDA shows to a process with this environment. */
  static VisibleGpus of(Map<String, String> environment) {
    return new VisibleGpus(
        Optional.ofNullable(environment.get(VARIABLE))
            .map(value -> Arrays.stream(value.split(",")).map(String::strip).toList()));
  }

  /** Returns CUDA's number of a GPU; empty if CUDA does not show it. */
  Optional<Integer> number(String address) {
    return listed.isPresent()
        ? position(listed.orElseThrow(), address)
        : Optional.of(address).filter(VisibleGpus::isIndex).map(Integer::valueOf);
  }

  // The variable may contain the beginning of a UUID, but an index stands there in full.
  private static Optional<Integer> position(List<String> addresses, String address) {
    return IntStream.range(0, addresses.size())
        .filter(
            i ->
                isIndex(address)
                    ? addresses.get(i).equals(address)
                    : !addresses.get(i).isEmpty() && address.startsWith(addresses.get(i)))
        .boxed()
        .findFirst();
  }

  /** Returns whether an address is an index, which CUDA understands without the variable. */
  static boolean isIndex(String address) {
    return !address.isEmpty() && address.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
