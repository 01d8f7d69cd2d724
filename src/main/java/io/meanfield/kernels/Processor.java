package io.meanfield.kernels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The processor of a machine.
 *
 * @param name its maker's name, such as {@code AMD EPYC}
 * @param isIntel whether its maker is Intel
 * @param highest the highest level of kernels that it runs; native if it is below x86-64-v3
 * @param hasBFloat16 whether it multiplies bfloat16, with AVX512-BF16
 */
public record Processor(String name, boolean isIntel, Kernels highest, boolean hasBFloat16) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  // The instructions that each level adds (x86-64 psABI, table 3.1); abm is Linux' name of lzcnt.
  private static final Set<String> V3 =
      Set.of("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave");
  private static final Set<String> V4 =
      Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");
  private static final String BFLOAT16 = "avx512_bf16";
  // What oneDNN requires for AVX512_CORE_AMX.
  private static final Set<String> AMX =
      Set.of("amx_tile", "amx_bf16", "amx_int8", "avx512_fp16", "avx512_vnni", BFLOAT16);

  private static final class Here {
    static final Processor PROCESSOR = read();

    private static Processor read() {
      try {
        return of(Files.isReadable(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns the processor of this machine. */
  public static Processor here() {
    return Here.PROCESSOR;
  }

  /** Returns the first processor of the lines of {@code /proc/cpuinfo}. */
  static Processor of(List<String> cpuinfo) {
    // Not Set.of, which throws if a kernel lists a flag twice.
    Set<String> flags = new HashSet<>(List.of(value(cpuinfo, "flags").orElse("").split(" +")));
    return new Processor(
        value(cpuinfo, "model name").orElse(System.getProperty("os.arch")),
        value(cpuinfo, "vendor_id").filter("GenuineIntel"::equals).isPresent(),
        highest(flags),
        flags.contains(BFLOAT16));
  }

  private static Kernels highest(Set<String> flags) {
    if (!flags.containsAll(V3)) {
      return Kernels.NATIVE;
    }
    if (!flags.containsAll(V4)) {
      return Kernels.X86_64_V3;
    }
    return flags.containsAll(AMX) ? Kernels.X86_64_V4_AMX : Kernels.X86_64_V4;
  }

  private static Optional<String> value(List<String> cpuinfo, String key) {
    return cpuinfo.stream()
        .filter(
            line -> line.contains(":") && line.substring(0, line.indexOf(':')).strip().equals(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /**
   * Returns the level of kernels for training in this precision: the highest that it runs, but
   * {@link Kernels#X86_64_V4_AMX}, whose matrix units do not multiply 32-bit floats, for bfloat16
   * only.
   */
  public Kernels highest(Precision precision) {
    return precision == Precision.FLOAT32 && highest == Kernels.X86_64_V4_AMX
        ? Kernels.X86_64_V4
        : highest;
  }

  /** Returns whether the processor runs these kernels. */
  public boolean runs(Kernels kernels) {
    return kernels.compareTo(highest) <= 0;
  }
}
