package io.meanfield.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  // Lines of /proc/cpuinfo, in the order of Linux.
  private static final List<String> IVY_BRIDGE =
      cpuinfo(
          "Intel(R) Xeon(R) CPU E5-2680 v2 @ 2.80GHz",
          "fpu vme de pse tsc msr pae mce cx8 sse sse2 ss ht syscall nx rdtscp lm constant_tsc"
              + " nopl pni pclmulqdq ssse3 cx16 sse4_1 sse4_2 x2apic popcnt aes xsave avx f16c"
              + " rdrand lahf_lm fsgsbase smep erms xsaveopt");
  private static final List<String> ZEN_2 =
      cpuinfo(
          "AMD EPYC 7452 32-Core Processor",
          "fpu vme de pse tsc msr pae mce cx8 sse sse2 ht syscall nx mmxext rdtscp lm nopl pni"
              + " pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 movbe popcnt aes xsave avx f16c rdrand"
              + " lahf_lm cr8_legacy abm sse4a misalignsse 3dnowprefetch fsgsbase bmi1 avx2 smep"
              + " bmi2 rdseed adx smap clflushopt clwb sha_ni xsaveopt xsavec");
  private static final List<String> SKYLAKE_SP =
      cpuinfo(
          "Intel(R) Xeon(R) Platinum 8175M CPU @ 2.50GHz",
          "fpu vme de pse tsc msr pae mce cx8 sse sse2 ss ht syscall nx pdpe1gb rdtscp lm pni"
              + " pclmulqdq ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt aes xsave avx"
              + " f16c rdrand hypervisor lahf_lm abm 3dnowprefetch fsgsbase bmi1 hle avx2 smep bmi2"
              + " erms invpcid rtm mpx avx512f avx512dq rdseed adx smap clflushopt clwb avx512cd"
              + " avx512bw avx512vl xsaveopt xsavec xgetbv1 xsaves");

  private static final List<String> EMERALD_RAPIDS =
      cpuinfo(
          "GenuineIntel",
          "Intel(R) Xeon(R) Processor",
          "fpu vme de pse tsc msr pae mce cx8 sse sse2 ss ht syscall nx pdpe1gb rdtscp lm pni"
              + " pclmulqdq ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt aes xsave avx"
              + " f16c rdrand hypervisor lahf_lm abm 3dnowprefetch fsgsbase bmi1 avx2 smep bmi2"
              + " erms invpcid avx512f avx512dq rdseed adx smap avx512ifma clflushopt clwb avx512cd"
              + " sha_ni avx512bw avx512vl xsaveopt xsavec xgetbv1 xsaves avx_vnni avx512_bf16"
              + " avx512vbmi umip avx512_vbmi2 gfni vaes vpclmulqdq avx512_vnni avx512_bitalg"
              + " avx512_vpopcntdq rdpid amx_bf16 avx512_fp16 amx_tile amx_int8 flush_l1d");

  private static List<String> cpuinfo(String name, String flags) {
    return cpuinfo("any", name, flags);
  }

  private static List<String> cpuinfo(String vendor, String name, String flags) {
    return List.of(
        "processor\t: 0",
        "vendor_id\t: " + vendor,
        "model name\t: " + name,
        "flags\t\t: " + flags,
        "vmx flags\t: avx512f avx512bw", // not instructions of the processor
        "bugs\t\t: spectre_v1 spectre_v2",
        "");
  }

  @Test
  void levelFollowsFromTheInstructions() {
    assertThat(Processor.of(IVY_BRIDGE).highest()).isEqualTo(Kernels.NATIVE);
    assertThat(Processor.of(ZEN_2).highest()).isEqualTo(Kernels.X86_64_V3);
    assertThat(Processor.of(SKYLAKE_SP).highest()).isEqualTo(Kernels.X86_64_V4);
    assertThat(Processor.of(EMERALD_RAPIDS).highest()).isEqualTo(Kernels.X86_64_V4_AMX);
  }

  @Test
  void everyInstructionOfALevelIsNeeded() {
    assertThat(Processor.of(without(SKYLAKE_SP, " avx512vl")).highest())
        .isEqualTo(Kernels.X86_64_V3);
    assertThat(Processor.of(without(SKYLAKE_SP, " fma")).highest()).isEqualTo(Kernels.NATIVE);
    assertThat(Processor.of(without(ZEN_2, " movbe")).highest()).isEqualTo(Kernels.NATIVE);
    for (String flag : List.of("amx_tile", "amx_bf16", "amx_int8", "avx512_fp16", "avx512_bf16")) {
      assertThat(Processor.of(without(EMERALD_RAPIDS, " " + flag)).highest())
          .isEqualTo(Kernels.X86_64_V4);
    }
  }

  @Test
  void flagMayBeListedTwice() {
    List<String> twice = cpuinfo("any", "fma avx2 fma");
    assertThat(Processor.of(twice)).isEqualTo(new Processor("any", false, Kernels.NATIVE, false));
  }

  private static List<String> without(List<String> cpuinfo, String flag) {
    return cpuinfo.stream().map(line -> line.replace(flag + " ", " ")).toList();
  }

  @Test
  void machineWithoutCpuinfoHasTheNameOfItsArchitecture() {
    assertThat(Processor.of(List.of()))
        .isEqualTo(new Processor(System.getProperty("os.arch"), false, Kernels.NATIVE, false));
  }

  @Test
  void processorRunsItsLevelAndLowerOnes() {
    Processor zen2 = Processor.of(ZEN_2);
    assertThat(zen2.runs(Kernels.NATIVE)).isTrue();
    assertThat(zen2.runs(Kernels.X86_64_V3)).isTrue();
    assertThat(zen2.runs(Kernels.X86_64_V4)).isFalse();
  }

  @Test
  void matrixUnitsAreForProductsOfBfloat16() {
    Processor emeraldRapids = Processor.of(EMERALD_RAPIDS);
    assertThat(emeraldRapids.highest(Precision.BFLOAT16)).isEqualTo(Kernels.X86_64_V4_AMX);
    assertThat(emeraldRapids.highest(Precision.FLOAT32)).isEqualTo(Kernels.X86_64_V4);
    assertThat(Processor.of(ZEN_2).highest(Precision.BFLOAT16)).isEqualTo(Kernels.X86_64_V3);
  }

  @Test
  void makerIsRead() {
    assertThat(Processor.of(EMERALD_RAPIDS).isIntel()).isTrue();
    assertThat(Processor.of(cpuinfo("AuthenticAMD", "AMD EPYC", "fma")).isIntel()).isFalse();
  }

  @Test
  void missingLevelIsRefusedWithALevelThatTheProcessorHas() {
    String host = NativeLibraries.hostName();
    assertThatThrownBy(() -> NativeLibraries.requireLevel(Processor.of(ZEN_2), Kernels.X86_64_V4))
        .hasMessage(
            "the run has run.kernels = x86-64-v4, which the processor of "
                + host
                + " (AMD EPYC 7452 32-Core Processor) lacks; start a new run with run.kernels ="
                + " x86-64-v3, or use machines with x86-64-v4")
        .extracting(e -> ((UserException) e).code())
        .isEqualTo(ErrorCode.WRONG_SETTINGS);
    assertThatThrownBy(
            () -> NativeLibraries.requireLevel(Processor.of(IVY_BRIDGE), Kernels.X86_64_V3))
        .hasMessage(
            "the run has run.kernels = x86-64-v3, which the processor of "
                + host
                + " (Intel(R) Xeon(R) CPU E5-2680 v2 @ 2.80GHz) lacks; start a new run with"
                + " run.kernels = native, or use machines with x86-64-v3");
    assertThatThrownBy(
            () -> NativeLibraries.requireLevel(Processor.of(SKYLAKE_SP), Kernels.X86_64_V4_AMX))
        .hasMessage(
            "the run has run.kernels = x86-64-v4-amx, which the processor of "
                + host
                + " (Intel(R) Xeon(R) Platinum 8175M CPU @ 2.50GHz) lacks; start a new run with"
                + " run.kernels = x86-64-v4, or use machines with x86-64-v4-amx");
  }

  @Test
  void productsOfBfloat16NeedTheirInstructionsAndKernelsThatUseThem() {
    Processor skylake = Processor.of(SKYLAKE_SP);
    assertThatThrownBy(
            () -> NativeLibraries.requirePrecision(skylake, Precision.BFLOAT16, Kernels.X86_64_V4))
        .hasMessage(
            "train.precision = bfloat16 needs processors with AVX512-BF16, which that of "
                + NativeLibraries.hostName()
                + " ("
                + skylake.name()
                + ") lacks; set train.precision = float32, or use other machines")
        .extracting(e -> ((UserException) e).code())
        .isEqualTo(ErrorCode.WRONG_SETTINGS);
    Processor zen4 = Processor.of(cpuinfo("Zen 4", "avx512_bf16"));
    assertThatThrownBy(
            () -> NativeLibraries.requirePrecision(zen4, Precision.BFLOAT16, Kernels.X86_64_V3))
        .hasMessage(
            "train.precision = bfloat16 needs the kernels x86-64-v4, x86-64-v4-amx or native, found"
                + " run.kernels = x86-64-v3; correct one of the two settings");
    assertThatCode(
            () -> {
              NativeLibraries.requirePrecision(zen4, Precision.BFLOAT16, Kernels.X86_64_V4);
              NativeLibraries.requirePrecision(skylake, Precision.FLOAT32, Kernels.X86_64_V3);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void lowerLevelIsAccepted() {
    assertThatCode(() -> NativeLibraries.requireLevel(Processor.of(SKYLAKE_SP), Kernels.X86_64_V3))
        .doesNotThrowAnyException();
  }
}
