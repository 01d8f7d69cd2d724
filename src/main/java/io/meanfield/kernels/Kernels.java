package io.meanfield.kernels;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The kernels with which the math libraries compute. OpenBLAS, ATen and oneDNN contain kernels for
 * several kinds of processors, which sum in different orders; pinned to a level, they give the same
 * bits on every processor that has the level. The constants are in ascending order.
 */
public enum Kernels {
  /** Those that each library chooses by the processor. */
  NATIVE("native", "", "", ""),
  /** Those for AVX2. */
  X86_64_V3("x86-64-v3", "Haswell", "AVX2", "AVX2"),
  /** Those for AVX-512; products of bfloat16 need AVX512-BF16, too. */
  X86_64_V4("x86-64-v4", "SkylakeX", "AVX512", "AVX512_CORE_BF16"),
  /** Those for AVX-512, and for Intel's matrix units (AMX) in products of bfloat16. */
  X86_64_V4_AMX("x86-64-v4-amx", "SkylakeX", "AVX512", "AVX512_CORE_AMX");

  static final String ONEDNN = "ONEDNN_MAX_CPU_ISA";

  private final String id;
  private final String openBlas;
  private final String aten;
  private final String oneDnn;

  Kernels(String id, String openBlas, String aten, String oneDnn) {
    this.id = id;
    this.openBlas = openBlas;
    this.aten = aten;
    this.oneDnn = oneDnn;
  }

  /** Returns the name of the kernels in settings and manifests. */
  public String id() {
    return id;
  }

  /** Returns the kernels with this {@link #id}. */
  public static Kernels of(String id) {
    return Arrays.stream(values())
        .filter(kernels -> kernels.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there are no kernels " + id));
  }

  /**
   * Returns the pinned kernels that the environment of a process selects; empty unless it has all
   * variables of {@link #environment}.
   */
  public static Optional<Kernels> selectedBy(Map<String, String> environment) {
    return Arrays.stream(values())
        .filter(kernels -> kernels != NATIVE)
        .filter(kernels -> environment.entrySet().containsAll(kernels.environment().entrySet()))
        .findFirst();
  }

  /** Returns OpenBLAS' name of the kernels; empty if each processor has its own. */
  public Optional<String> openBlas() {
    return Optional.of(openBlas).filter(name -> !name.isEmpty());
  }

  /** Returns ATen's name of the kernels; empty if each processor has its own. */
  public Optional<String> aten() {
    return Optional.of(aten).filter(name -> !name.isEmpty());
  }

  /** Returns oneDNN's name of the kernels; empty if each processor has its own. */
  public Optional<String> oneDnn() {
    return Optional.of(oneDnn).filter(name -> !name.isEmpty());
  }

  /**
   * Returns the environment variables that select the kernels when the libraries load; none for
   * {@link #NATIVE}.
   */
  public Map<String, String> environment() {
    return this == NATIVE
        ? Map.of()
        : Map.of(
            "OPENBLAS_CORETYPE",
            openBlas,
            "ATEN_CPU_CAPABILITY",
            aten.toLowerCase(Locale.ROOT),
            ONEDNN,
            oneDnn);
  }
}
